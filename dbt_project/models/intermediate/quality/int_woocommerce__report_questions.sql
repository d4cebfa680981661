-- What the shop was asked about order by order, and the measures that its answers have.
with questions as (
    select * from {{ ref('stg_woocommerce__order_reports') }}
    where not is_deleted
)

select
    questions.store_key,
    questions.report_date as date_day,
    measures.measure,
    questions.observed_at as asked_at
from questions
cross join (
    {{ order_measure_names('woocommerce') }}
) as measures
