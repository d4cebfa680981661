{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['store_key', 'date_day'],
        'consumes': {
            'fct_sales': [],
            'fct_orders': [],
            'dim_customer': [],
            'agg_daily_channel': [],
            'int_stores_unioned': [],
        },
        'finds': [
            {
                'grain': 'store', 'in': 'agg_daily_summary', 'by': ['store_key'], 'group': 'store_key',
                'day': 'date_day',
            },
            {
                'grain': 'store', 'in': 'agg_daily_channel', 'by': ['scope_key'], 'group': 'scope_key',
                'day': 'date_day',
            },
        ],
        'touches': [{
            'grain': 'store_day',
            'keys': [['store_key', 'date_day']],
            'compare': ['store_key', 'date_day', 'platform', 'has_sales', 'orders'] + money_metrics(),
        }],
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

promoted as (
    select
        store_key,
        date_day,
        cast(sum(sessions) as bigint) as sessions,
        sum(visible_orders) as visible_orders,
        sum(matched_orders) as matched_orders,
        max(web_properties) as web_properties,
        sum(web_purchases) as web_purchases,
        max(ad_accounts) as ad_accounts,
        {{ any_true('is_spend_partial') }} as is_spend_partial,
        case when count(*) = count(reporting_ad_spend) then sum(reporting_ad_spend) end as reporting_ad_spend,
        {{ any_true('is_provisional') }} as is_provisional,
        {{ any_true('is_sampled') }} as is_sampled,
        {{ any_true('is_thresholded') }} as is_thresholded,
        max(final_on) as final_on
    from {{ ref('agg_daily_channel') }}
    {{ only_touched('store_key', 'date_day', condition='store_key is not null') }}
    group by store_key, date_day
),

traded as (
    select store_key, date_day from as_booked
    union
    select store_key, date_day from by_order
    union
    select store_key, date_day from placed
),

days as (
    select store_key, date_day from traded
    union
    select store_key, date_day from promoted
)

select
    days.store_key,
    days.date_day,
    coalesce(as_booked.platform, by_order.platform, placed.platform, stores.platform) as platform,
    coalesce(placed.orders, 0) as orders,
    {{ each_metric('coalesce(as_booked.{name}, 0) as {name}') }},
    {{ ratio('coalesce(as_booked.ordered_amount, 0)', 'placed.orders') }} as average_order_value,
    {{ each_metric('coalesce(by_order.{name}, 0) as {name}_by_order') }},
    {{ ratio('coalesce(by_order.ordered_amount, 0)', 'placed.orders') }} as average_order_value_by_order,
    coalesce(newcomers.new_customers, 0) as new_customers,
    coalesce(placed.customers, 0) - coalesce(newcomers.new_customers, 0) as returning_customers,
    coalesce(
        as_booked.currency_code, by_order.currency_code, placed.currency_code, stores.currency_code, 'XXX'
    ) as currency_code,
    {% for name in money_metrics() %}
        case when as_booked.store_key is null then 0 else as_booked.reporting_{{ name }} end
            as reporting_{{ name }},
    {% endfor %}
    {% for name in ['net_sales', 'total_sales'] %}
        case when by_order.store_key is null then 0 else by_order.reporting_{{ name }} end
            as reporting_{{ name }}_by_order,
    {% endfor %}
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    traded.store_key is not null as has_sales,
    promoted.sessions,
    cast(coalesce(promoted.web_purchases, 0) as bigint) as web_purchases,
    cast(coalesce(promoted.visible_orders, 0) as bigint) as visible_orders,
    cast(coalesce(promoted.matched_orders, 0) as bigint) as matched_orders,
    coalesce(promoted.web_properties, 0) as web_properties,
    {% for name, orders in {'': 'placed.orders', 'visible_': 'promoted.visible_orders'}.items() %}
        case when promoted.web_properties > 0 then {{ ratio('promoted.matched_orders', orders) }} end
            as {{ name }}match_rate,
    {% endfor %}
    {{ ratio('coalesce(placed.orders, 0)', 'promoted.sessions') }} as conversion_rate,
    coalesce(promoted.ad_accounts, 0) as ad_accounts,
    coalesce(promoted.is_spend_partial, false) as is_spend_partial,
    promoted.reporting_ad_spend,
    case
        when not promoted.is_spend_partial
            then {{ ratio(
                'case when as_booked.store_key is null then 0 else as_booked.reporting_total_sales end',
                'promoted.reporting_ad_spend',
            ) }}
    end as blended_roas,
    case
        when not promoted.is_spend_partial
            then {{ ratio('promoted.reporting_ad_spend', 'newcomers.new_customers') }}
    end as cac,
    coalesce(promoted.is_provisional, false) as is_provisional,
    coalesce(promoted.is_sampled, false) as is_sampled,
    coalesce(promoted.is_thresholded, false) as is_thresholded,
    promoted.final_on
from days
left join traded on days.store_key = traded.store_key and days.date_day = traded.date_day
left join promoted on days.store_key = promoted.store_key and days.date_day = promoted.date_day
left join {{ ref('int_stores_unioned') }} as stores on days.store_key = stores.store_key
left join as_booked on days.store_key = as_booked.store_key and days.date_day = as_booked.date_day
left join by_order on days.store_key = by_order.store_key and days.date_day = by_order.date_day
left join placed on days.store_key = placed.store_key and days.date_day = placed.date_day
left join newcomers on days.store_key = newcomers.store_key and days.date_day = newcomers.date_day
-- a day of visits or ads alone is one of a store that is known
where traded.store_key is not null or stores.store_key is not null
