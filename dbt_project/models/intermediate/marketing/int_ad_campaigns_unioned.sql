{{ union_platforms('ad_campaigns', [
    'campaign_key', 'account_key', 'account_id', 'campaign_id', 'campaign_name', 'campaign_kind', 'status', 'is_deleted',
    'observed_at',
], platforms=var('ad_platforms')) }}
