-- What the orders of a day are off by, the part of none included, is what the day is off by.
{{ config(meta=shown_at('fct_tie_out_orders')) }}
{{ after_the_tie_out() }}

with orders as (
    select store_key, date_day, measure, sum(residual) as residual
    from {{ ref('fct_tie_out_orders') }}
    group by store_key, date_day, measure
)

select orders.store_key, orders.date_day, orders.measure, orders.residual, days.residual as day_residual
from orders
left join {{ ref('agg_tie_out_figures') }} as days
    on orders.store_key = days.store_key and orders.date_day = days.date_day and orders.measure = days.measure
where orders.residual is distinct from days.residual
