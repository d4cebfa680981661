-- The shop's own sales report, measure by measure, with our signs.
select
    reports.store_key,
    reports.report_date as date_day,
    measured.measure,
    measured.amount as theirs,
    reading.read_at,
    reports.observed_at
from {{ ref('stg_shopify__sales_reports') }} as reports
{{ report_read_at('stg_shopify__sales_reports') }}
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
where not reports.is_deleted and reports.report_date is not null
