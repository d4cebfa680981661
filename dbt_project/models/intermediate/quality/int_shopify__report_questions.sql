-- What the shop was asked about order by order, and the measures that its answers have. Without the report's
-- figures by order, that an order is there and what it comes to have to do.
with questions as (
    select * from {{ ref('stg_shopify__order_reports') }}
    where not is_deleted
),

measures as (
    {{ order_measure_names('shopify') }}
)

select
    questions.store_key,
    questions.report_date as date_day,
    measures.measure,
    questions.observed_at as asked_at
from questions
inner join measures on questions.has_measures or measures.measure in ('orders', 'total_sales')
