{{ union_platforms('ad_versions', [
    'account_key', 'account_id', 'date_day', 'impressions', 'clicks', 'spend_amount', 'claimed_count', 'claimed_value',
    'observed_at', '_dlt_load_id',
], platforms=var('ad_platforms')) }}
