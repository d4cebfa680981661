{{ unread_versions('tiktok_ads', {
    'advertisers': {'model': 'stg_tiktok_ads__advertisers', 'key': 'account_key', 'of': "'account'"},
    'ad_reports': {'model': 'stg_tiktok_ads__ad_reports', 'key': 'report_key', 'of': "'ad_report:' || versions.id"},
}) }}
