{{ union_platforms('ad_spend', [
    'account_key', 'account_id', 'date_day', 'campaign_key', 'campaign_id', 'ad_group_id', 'ad_id', 'impressions',
    'clicks', 'spend_amount', 'currency_code', 'observed_at',
], platforms=var('ad_platforms')) }}
