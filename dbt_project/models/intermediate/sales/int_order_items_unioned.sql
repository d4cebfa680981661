{{ union_platforms('order_items', [
    'order_item_key', 'order_key', 'product_key', 'order_item_id', 'product_id', 'variant_id', 'product_title',
    'variant_title', 'sku', 'vendor', 'is_gift_card', 'line_quantity', 'current_quantity', 'unit_price',
    'currency_code', 'observed_at',
]) }}
