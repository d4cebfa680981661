{{ unread_versions('google_ads', {
    'customers': {'model': 'stg_google_ads__customers', 'key': 'account_key', 'of': "'account'"},
    'campaigns': {'model': 'stg_google_ads__campaigns', 'key': 'campaign_key', 'of': "'campaign:' || versions.id"},
    'ad_groups': {'model': 'stg_google_ads__ad_groups', 'key': 'ad_group_key', 'of': "'ad_group:' || versions.id"},
    'ads': {'model': 'stg_google_ads__ads', 'key': 'ad_key', 'of': "'ad:' || versions.id"},
    'conversion_actions': {'model': 'stg_google_ads__conversion_actions', 'key': 'conversion_action_key', 'of': "'conversion_action:' || versions.id"},
    'ad_reports': {'model': 'stg_google_ads__ad_reports', 'key': 'report_key', 'of': "'ad_report:' || versions.id"},
    'conversion_reports': {'model': 'stg_google_ads__conversion_reports', 'key': 'report_key', 'of': "'conversion_report:' || versions.id"},
}) }}
