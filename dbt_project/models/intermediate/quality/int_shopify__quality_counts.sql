-- What became of each thing in the log, per account and resource.
{{ count_things('shopify', {
    'shop': {'model': 'stg_shopify__shops', 'id': 'shop_id'},
    'orders': {
        'model': 'stg_shopify__orders',
        'id': 'order_id',
        'test': 'is_test',
        'excluded': 'coalesce(processed_at, created_at) is null or currency_code is null',
    },
    'customers': {'model': 'stg_shopify__customers', 'id': 'customer_id'},
    'products': {'model': 'stg_shopify__products', 'id': 'product_id'},
    'inventory_items': {'model': 'stg_shopify__inventory_items', 'id': 'inventory_item_id'},
    'locations': {'model': 'stg_shopify__locations', 'id': 'location_id'},
    'abandoned_checkouts': {'model': 'stg_shopify__abandoned_checkouts', 'id': 'abandoned_checkout_id'},
    'discount_codes': {'model': 'stg_shopify__discounts', 'id': 'discount_id'},
    'sales_reports': {'model': 'stg_shopify__sales_reports', 'id': 'report_id'},
    'order_reports': {'model': 'stg_shopify__order_reports', 'id': 'report_id'},
}) }}
