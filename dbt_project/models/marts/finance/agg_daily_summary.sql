{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['store_key', 'date_day'],
        'consumes': {'fct_sales': [], 'fct_orders': [], 'dim_customer': []},
        'touches': [{'grain': 'store_day', 'keys': [['store_key', 'date_day']]}],
    },
) }}

with as_booked as (
    select
        store_key,
        booked_date as date_day,
        max(platform) as platform,
        max(currency_code) as currency_code,
        sum(case when event_type = 'order' and sale_class = 'sale' then net_amount else 0 end)
            as ordered_amount,
        {{ ledger_sums() }},
        {{ reporting_sums() }}
    from {{ ref('fct_sales') }}
    {{ only_touched('store_key', 'booked_date', condition='counts_as_sale') }}
    group by store_key, booked_date
),

by_order as (
    select
        store_key,
        order_date as date_day,
        max(platform) as platform,
        max(currency_code) as currency_code,
        sum(case when event_type = 'order' and sale_class = 'sale' then net_amount else 0 end)
            as ordered_amount,
        {{ ledger_sums() }},
        {{ reporting_sums(['net_sales', 'total_sales']) }}
    from {{ ref('fct_sales') }}
    {{ only_touched('store_key', 'order_date', condition='counts_as_sale') }}
    group by store_key, order_date
),

-- an order counts on the day it was placed, on either clock
placed as (
    select
        store_key,
        order_date as date_day,
        max(platform) as platform,
        max(currency_code) as currency_code,
        count(*) as orders,
        count(distinct customer_key) as customers
    from {{ ref('fct_orders') }}
    {{ only_touched('store_key', 'order_date', condition='is_placed') }}
    group by store_key, order_date
),

-- first order ever of the person, not of the window
newcomers as (
    select
        first_order_store_key as store_key,
        first_order_date as date_day,
        count(*) as new_customers
    from {{ ref('dim_customer') }}
    {{ only_touched('first_order_store_key', 'first_order_date', condition='first_order_date is not null') }}
    group by first_order_store_key, first_order_date
),

days as (
    select store_key, date_day from as_booked
    union
    select store_key, date_day from by_order
    union
    select store_key, date_day from placed
)

select
    days.store_key,
    days.date_day,
    coalesce(as_booked.platform, by_order.platform, placed.platform) as platform,
    coalesce(placed.orders, 0) as orders,
    {{ each_metric('coalesce(as_booked.{name}, 0) as {name}') }},
    {{ ratio('coalesce(as_booked.ordered_amount, 0)', 'placed.orders') }} as average_order_value,
    {{ each_metric('coalesce(by_order.{name}, 0) as {name}_by_order') }},
    {{ ratio('coalesce(by_order.ordered_amount, 0)', 'placed.orders') }} as average_order_value_by_order,
    coalesce(newcomers.new_customers, 0) as new_customers,
    coalesce(placed.customers, 0) - coalesce(newcomers.new_customers, 0) as returning_customers,
    coalesce(as_booked.currency_code, by_order.currency_code, placed.currency_code) as currency_code,
    {% for name in money_metrics() %}
        case when as_booked.store_key is null then 0 else as_booked.reporting_{{ name }} end
            as reporting_{{ name }},
    {% endfor %}
    {% for name in ['net_sales', 'total_sales'] %}
        case when by_order.store_key is null then 0 else by_order.reporting_{{ name }} end
            as reporting_{{ name }}_by_order,
    {% endfor %}
    '{{ var("reporting_currency") }}' as reporting_currency_code
from days
left join as_booked on days.store_key = as_booked.store_key and days.date_day = as_booked.date_day
left join by_order on days.store_key = by_order.store_key and days.date_day = by_order.date_day
left join placed on days.store_key = placed.store_key and days.date_day = placed.date_day
left join newcomers on days.store_key = newcomers.store_key and days.date_day = newcomers.date_day
