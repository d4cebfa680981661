{{ unread_versions('shopify', {
    'shop': {'model': 'stg_shopify__shops', 'key': 'store_key', 'of': "'store'"},
    'orders': {'model': 'stg_shopify__orders', 'key': 'order_key'},
    'customers': {'model': 'stg_shopify__customers', 'key': 'customer_key'},
    'products': {'model': 'stg_shopify__products', 'key': 'product_parent_key'},
    'inventory_items': {'model': 'stg_shopify__inventory_items', 'key': 'inventory_item_key'},
    'locations': {'model': 'stg_shopify__locations', 'key': 'location_key'},
    'abandoned_checkouts': {'model': 'stg_shopify__abandoned_checkouts', 'key': 'abandoned_checkout_key'},
    'discount_codes': {'model': 'stg_shopify__discounts', 'key': 'discount_key'},
    'sales_reports': {'model': 'stg_shopify__sales_reports', 'key': 'sales_report_key'},
    'order_reports': {'model': 'stg_shopify__order_reports', 'key': 'order_report_key'},
}) }}
