{{ union_platforms('campaign_days', [
    'campaign_key', 'account_key', 'account_id', 'date_day', 'campaign_id', 'campaign_name', 'observed_at',
], platforms=var('ad_platforms')) }}
