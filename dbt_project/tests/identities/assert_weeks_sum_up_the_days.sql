-- Σ by week = Σ by day, for each store: no day is in two weeks, or in none.
{{ config(meta=shown_at('agg_weekly_trends')) }}

with weeks as (
    select
        store_key,
        sum(orders) as orders,
        sum(net_sales) as net_sales,
        sum(total_sales) as total_sales,
        sum(units) as units
    from {{ ref('agg_weekly_trends') }}
    group by store_key
),

days as (
    select
        store_key,
        sum(orders) as orders,
        sum(net_sales) as net_sales,
        sum(total_sales) as total_sales,
        sum(units) as units
    from {{ ref('agg_daily_summary') }}
    where has_sales
    group by store_key
)

select
    coalesce(days.store_key, weeks.store_key) as store_key,
    days.net_sales,
    weeks.net_sales as weekly_net_sales
from days
full outer join weeks on days.store_key = weeks.store_key
where
    days.orders is distinct from weeks.orders
    or days.net_sales is distinct from weeks.net_sales
    or days.total_sales is distinct from weeks.total_sales
    or days.units is distinct from weeks.units
