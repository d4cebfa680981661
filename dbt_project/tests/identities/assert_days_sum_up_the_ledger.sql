-- Σ by day = Σ of the ledger, on both clocks.
{{ config(meta=shown_at('agg_daily_summary')) }}
{{ after_publication() }}

with days as (
    select * from {{ rows_in_scope('agg_daily_summary') }} as days
),

as_booked as (
    select
        sales.store_key,
        sales.booked_date as date_day,
        {{ ledger_sums() }}
    from days
    inner join {{ ref('fct_sales') }} as sales
        on days.store_key = sales.store_key and days.date_day = sales.booked_date
    where sales.counts_as_sale
    group by sales.store_key, sales.booked_date
),

by_order as (
    select
        sales.store_key,
        sales.order_date as date_day,
        {{ ledger_sums() }}
    from days
    inner join {{ ref('fct_sales') }} as sales
        on days.store_key = sales.store_key and days.date_day = sales.order_date
    where sales.counts_as_sale
    group by sales.store_key, sales.order_date
)

select days.store_key, days.date_day
from days
left join as_booked on days.store_key = as_booked.store_key and days.date_day = as_booked.date_day
left join by_order on days.store_key = by_order.store_key and days.date_day = by_order.date_day
where
    {{ each_metric('days.{name} <> coalesce(as_booked.{name}, 0)', ' or') }}
    or {{ each_metric('days.{name}_by_order <> coalesce(by_order.{name}, 0)', ' or') }}
