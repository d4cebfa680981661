-- The revenue report of WooCommerce Analytics, measure by measure, in its own words. Its numbers are sums of
-- floating point: what is beyond six places is their noise.
select
    reports.store_key,
    reports.report_date as date_day,
    measured.measure,
    round(measured.amount, 6) as theirs,
    reading.read_at,
    reports.observed_at
from {{ ref('stg_woocommerce__revenue_reports') }} as reports
{{ report_read_at('stg_woocommerce__revenue_reports') }}
{{ measure_rows('measured', {
    'orders': 'reports.orders_count',
    'gross_sales': 'reports.gross_sales',
    'coupons': 'reports.coupons',
    'refunds': 'reports.refunds',
    'net_revenue': 'reports.net_revenue',
    'taxes': 'reports.taxes',
    'shipping': 'reports.shipping',
    'total_sales': 'reports.total_sales',
}) }}
where not reports.is_deleted and reports.report_date is not null
