{{ union_platforms('ad_days', [
    'account_key', 'account_id', 'date_day', 'first_observed_at', 'observed_at',
], platforms=var('ad_platforms')) }}
