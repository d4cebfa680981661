-- No store-day of the ledger is missing from the daily summary, on either clock.
{{ config(meta=shown_at('agg_daily_summary')) }}
{{ after_publication() }}

with sales as (
    select * from {{ rows_in_scope('fct_sales') }} as sales
    where counts_as_sale
),

days as (
    select store_key, booked_date as date_day from sales
    union
    select store_key, order_date as date_day from sales
)

select days.store_key, days.date_day
from days
left join {{ ref('agg_daily_summary') }} as summary
    on days.store_key = summary.store_key and days.date_day = summary.date_day
where summary.store_key is null
