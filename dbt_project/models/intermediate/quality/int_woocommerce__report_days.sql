-- The revenue report of WooCommerce Analytics, measure by measure, in its own words. Its numbers are sums of
-- floating point: what is beyond six places is their noise.
with reports as (
    select
        *,
        -- An unchanged report is not landed again. A run reads the last days together, so that the days after
        -- it, which do change, tell when it was last looked at.
        max(observed_at) over (
            partition by store_key order by report_date rows between current row and 7 following
        ) as read_at
    from {{ ref('stg_woocommerce__revenue_reports') }}
    where not is_deleted and report_date is not null
)

select
    reports.store_key,
    reports.report_date as date_day,
    measured.measure,
    round(measured.amount, 6) as theirs,
    reports.read_at,
    reports.observed_at
from reports
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
