-- What became of each thing in the log, per account and resource.
{{ count_things('google_ads', {
    'customers': {'model': 'stg_google_ads__customers', 'id': 'customer_id'},
    'campaigns': {'model': 'stg_google_ads__campaigns', 'id': 'campaign_id'},
    'ad_groups': {'model': 'stg_google_ads__ad_groups', 'id': 'ad_group_id'},
    'ads': {'model': 'stg_google_ads__ads', 'id': 'ad_group_ad_id'},
    'conversion_actions': {'model': 'stg_google_ads__conversion_actions', 'id': 'conversion_action_id'},
    'ad_reports': {'model': 'stg_google_ads__ad_reports', 'id': 'report_id', 'excluded': 'date_day is null'},
    'conversion_reports': {'model': 'stg_google_ads__conversion_reports', 'id': 'report_id', 'excluded': 'date_day is null'},
}) }}
