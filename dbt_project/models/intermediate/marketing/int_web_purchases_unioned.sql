{{ union_platforms('web_purchases', [
    'web_purchase_key', 'account_key', 'account_id', 'date_day', 'transaction_id', 'channel_group', 'source', 'medium',
    'campaign_name', 'device_category', 'country', 'is_unidentified', 'purchases', 'revenue_amount', 'tax_amount',
    'shipping_amount', 'refund_amount', 'currency_code', 'is_sampled', 'is_thresholded', 'has_other_row', 'observed_at',
], platforms=var('web_platforms')) }}
