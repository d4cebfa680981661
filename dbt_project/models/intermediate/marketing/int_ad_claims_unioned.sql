{{ union_platforms('ad_claims', [
    'account_key', 'account_id', 'date_day', 'campaign_key', 'campaign_id', 'ad_group_id', 'ad_id', 'action_type',
    'action_name', 'action_group', 'priority', 'attribution_window', 'booked_by', 'is_default', 'claimed_count',
    'claimed_value', 'currency_code', 'observed_at',
], platforms=var('ad_platforms')) }}
