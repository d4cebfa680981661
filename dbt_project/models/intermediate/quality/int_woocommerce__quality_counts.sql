-- What became of each thing in the log, per account and resource.
{{ count_things('woocommerce', {
    'settings': {'model': 'stg_woocommerce__settings', 'id': 'settings_id'},
    'orders': {
        'model': 'stg_woocommerce__orders',
        'id': 'order_id',
        'excluded': 'coalesce(created_at, paid_at, updated_at) is null',
    },
    'products': {'model': 'stg_woocommerce__products', 'id': 'product_id'},
    'customers': {'model': 'stg_woocommerce__customers', 'id': 'customer_id'},
    'coupons': {'model': 'stg_woocommerce__coupons', 'id': 'coupon_id'},
    'taxes': {'model': 'stg_woocommerce__tax_rates', 'id': 'tax_rate_id'},
    'revenue_reports': {'model': 'stg_woocommerce__revenue_reports', 'id': 'report_id'},
    'order_reports': {'model': 'stg_woocommerce__order_reports', 'id': 'report_id'},
}) }}
