-- What became of each thing in the log, per account and resource.
{{ count_things('tiktok_ads', {
    'advertisers': {'model': 'stg_tiktok_ads__advertisers', 'id': 'advertiser_id'},
    'ad_reports': {'model': 'stg_tiktok_ads__ad_reports', 'id': 'report_id', 'excluded': 'date_day is null'},
}) }}
