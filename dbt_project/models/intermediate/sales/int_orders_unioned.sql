{{ union_platforms('orders', [
    'order_key', 'store_key', 'identity_key', 'identity_type', 'account_id', 'order_id', 'web_order_id', 'order_name',
    'customer_id', 'email', 'financial_status', 'fulfillment_status', 'return_status', 'cancel_reason', 'source_name',
    'shipping_country_code', 'shipping_province_code', 'is_deleted', 'is_test', 'counts_as_sale', 'is_placed',
    'is_cancelled', 'is_edited', 'is_adjustment_in_total', 'original_total_amount',
    'platform_total_amount', 'platform_discrepancy_amount', 'currency_code', 'presentment_currency_code',
    'placed_at', 'order_date', 'created_at', 'updated_at', 'cancelled_at', 'first_observed_at', 'observed_at',
]) }}
