{{ unread_versions('meta_ads', {
    'ad_accounts': {'model': 'stg_meta_ads__ad_accounts', 'key': 'account_key', 'of': "'account'"},
    'campaigns': {'model': 'stg_meta_ads__campaigns', 'key': 'campaign_key', 'of': "'campaign:' || versions.id"},
    'ad_sets': {'model': 'stg_meta_ads__ad_sets', 'key': 'ad_set_key', 'of': "'ad_set:' || versions.id"},
    'ads': {'model': 'stg_meta_ads__ads', 'key': 'ad_key', 'of': "'ad:' || versions.id"},
    'insights': {'model': 'stg_meta_ads__insights', 'key': 'report_key', 'of': "'ad_report:' || versions.id"},
}) }}
