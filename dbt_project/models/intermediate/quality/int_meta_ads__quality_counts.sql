-- What became of each thing in the log, per account and resource.
{{ count_things('meta_ads', {
    'ad_accounts': {'model': 'stg_meta_ads__ad_accounts', 'id': 'ad_account_id'},
    'campaigns': {'model': 'stg_meta_ads__campaigns', 'id': 'campaign_id'},
    'ad_sets': {'model': 'stg_meta_ads__ad_sets', 'id': 'ad_set_id'},
    'ads': {'model': 'stg_meta_ads__ads', 'id': 'ad_id'},
    'insights': {'model': 'stg_meta_ads__insights', 'id': 'report_id', 'excluded': 'date_day is null'},
}) }}
