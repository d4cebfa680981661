{{ unread_versions('woocommerce', {
    'settings': {'model': 'stg_woocommerce__settings', 'key': 'store_key', 'of': "'store'"},
    'orders': {'model': 'stg_woocommerce__orders', 'key': 'order_key'},
    'products': {'model': 'stg_woocommerce__products', 'key': 'product_parent_key'},
    'customers': {'model': 'stg_woocommerce__customers', 'key': 'customer_key'},
    'coupons': {'model': 'stg_woocommerce__coupons', 'key': 'coupon_key'},
    'taxes': {'model': 'stg_woocommerce__tax_rates', 'key': 'tax_rate_key'},
    'revenue_reports': {'model': 'stg_woocommerce__revenue_reports', 'key': 'revenue_report_key'},
    'order_reports': {'model': 'stg_woocommerce__order_reports', 'key': 'order_report_key'},
}) }}
