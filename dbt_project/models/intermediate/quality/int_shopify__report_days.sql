-- The shop's own sales report, measure by measure, with our signs.
with reports as (
    select
        *,
        -- An unchanged report is not landed again. A run reads the last days together, so that the days after
        -- it, which do change, tell when it was last looked at.
        max(observed_at) over (
            partition by store_key order by report_date rows between current row and 7 following
        ) as read_at
    from {{ ref('stg_shopify__sales_reports') }}
    where not is_deleted and report_date is not null
)

select
    reports.store_key,
    reports.report_date as date_day,
    measured.measure,
    measured.amount as theirs,
    reports.read_at,
    reports.observed_at
from reports
{{ measure_rows('measured', {
    'orders': 'reports.orders',
    'gross_sales': 'reports.gross_sales',
    'discounts': '-reports.discounts',
    'sales_reversals': 'reports.sales_reversals',
    'net_sales': 'reports.net_sales',
    'shipping': 'reports.shipping_charges',
    'taxes': 'reports.taxes',
    'duties': 'reports.duties',
    'fees': 'reports.additional_fees',
    'total_sales': 'reports.total_sales',
}) }}
