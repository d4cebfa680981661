{{ union_platforms('sales', [
    'sale_key', 'store_key', 'order_key', 'order_item_key', 'product_key', 'identity_key', 'event_type',
    'line_type', 'counts_as_sale', 'quantity', 'gross_amount', 'discount_amount', 'net_amount', 'tax_amount',
    'total_amount', 'currency_code', 'presentment_gross_amount', 'presentment_discount_amount',
    'presentment_net_amount', 'presentment_tax_amount', 'presentment_total_amount', 'presentment_currency_code', 'happened_at', 'booked_date', 'order_date',
    'observed_at',
]) }}
