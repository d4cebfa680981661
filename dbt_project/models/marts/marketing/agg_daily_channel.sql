{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['scope_key', 'date_day'],
        'consumes': {
            'fct_sales': [],
            'dim_customer': [],
            'fct_order_attribution': [],
            'fct_web_purchases': [],
            'fct_sessions': [],
            'fct_web_report_days': [],
            'fct_ad_spend': [],
            'fct_ad_restatements': [],
            'dim_ad_account': [],
        },
        'finds': [
            {
                'grain': 'order_channel', 'in': 'fct_sales', 'by': ['order_key'], 'group': 'store_key',
                'day': 'booked_date',
            },
            {
                'grain': 'scope', 'in': 'agg_daily_channel', 'by': ['scope_key'], 'group': 'scope_key',
                'day': 'date_day',
            },
        ],
        'touches': [{'grain': 'store_day', 'keys': [['scope_key', 'date_day']]}],
    },
    indexes=[{'columns': ['channel_group']}],
) }}
{%- set parts = ['as_booked', 'by_order', 'placed', 'newcomers', 'measured', 'visited', 'spent'] %}

with as_booked as (
    {{ sales_by_channel('booked_date') }}
),

by_order as (
    {{ sales_by_channel('order_date') }}
),

placed as (
    {{ orders_by_channel() }}
),

newcomers as (
    {{ newcomers_by_channel() }}
),

measured as (
    {{ web_purchases_by_channel() }}
),

visited as (
    {{ sessions_by_channel() }}
),

asked as (
    {{ days_of_web_reports() }}
),

spent as (
    {{ spend_by_channel() }}
),

told as (
    {{ days_of_ad_accounts() }}
),

days as (
    {% for found in parts %}
        select scope_key, store_key, date_day, channel_group from {{ found }}
        {{ 'union' if not loop.last }}
    {% endfor %}
),

expected as (
    {{ expected_ad_accounts('days') }}
),

figures as (
    select
        days.scope_key,
        days.store_key,
        days.date_day,
        days.channel_group,
        {{ any_true(
            'coalesce(asked.is_provisional, false) or coalesce(spent.is_provisional, false) '
            ~ 'or coalesce(told.is_provisional, false)'
        ) }} over whole_day as is_provisional,
        coalesce(asked.is_sampled, false) as is_sampled,
        coalesce(asked.is_thresholded, false) as is_thresholded,
        max(greatest(asked.final_on, spent.final_on, told.final_on)) over whole_day as final_on,
        -- none where nobody counts them
        case when asked.counts_sessions then coalesce(visited.sessions, 0) end as sessions,
        case when asked.counts_sessions then coalesce(visited.engaged_sessions, 0) end as engaged_sessions,
        cast(coalesce(spent.impressions, 0) as bigint) as impressions,
        cast(coalesce(spent.clicks, 0) as bigint) as clicks,
        coalesce(told.ad_accounts, 0) as ad_accounts,
        coalesce(told.ad_accounts, 0) < coalesce(expected.ad_accounts, 0) as is_spend_partial,
        case
            when spent.scope_key is not null then spent.reporting_ad_spend
            when told.scope_key is not null then 0
        end as reporting_ad_spend,
        coalesce(placed.orders, 0) as orders,
        coalesce(placed.visible_orders, 0) as visible_orders,
        coalesce(placed.matched_orders, 0) as matched_orders,
        coalesce(asked.web_properties, 0) as web_properties,
        coalesce(measured.web_purchases, 0) as web_purchases,
        {% for clock, suffix in {'as_booked': '', 'by_order': '_by_order'}.items() %}
            {% for name in ['reporting_net_sales', 'reporting_total_sales'] %}
                case when {{ clock }}.scope_key is null then 0 else {{ clock }}.{{ name }} end
                    as {{ name ~ suffix }},
            {% endfor %}
        {% endfor %}
        coalesce(newcomers.new_customers, 0) as new_customers
    from days
    {% for found in parts %}
        left join {{ found }}
            on
                days.scope_key = {{ found }}.scope_key
                and days.date_day = {{ found }}.date_day
                and days.channel_group = {{ found }}.channel_group
    {% endfor %}
    left join asked on days.scope_key = asked.scope_key and days.date_day = asked.date_day
    left join told on days.scope_key = told.scope_key and days.date_day = told.date_day
    left join expected on days.scope_key = expected.scope_key and days.date_day = expected.date_day
    window whole_day as (partition by days.scope_key, days.date_day)
)

select
    scope_key,
    store_key,
    date_day,
    channel_group,
    is_provisional,
    is_sampled,
    is_thresholded,
    final_on,
    sessions,
    engaged_sessions,
    impressions,
    clicks,
    orders,
    visible_orders,
    matched_orders,
    web_properties,
    case when web_properties > 0 then {{ ratio('matched_orders', 'orders') }} end as match_rate,
    case when web_properties > 0 then {{ ratio('matched_orders', 'visible_orders') }} end
        as visible_match_rate,
    web_purchases,
    new_customers,
    {{ ratio('orders', 'sessions') }} as conversion_rate,
    ad_accounts,
    is_spend_partial,
    reporting_ad_spend,
    reporting_net_sales,
    reporting_total_sales,
    reporting_net_sales_by_order,
    reporting_total_sales_by_order,
    -- what an account of no store brought in is nowhere to be found; a part of the spend would flatter
    case
        when store_key is not null and not is_spend_partial
            then {{ ratio('reporting_total_sales', 'reporting_ad_spend') }}
    end as roas,
    case
        when store_key is not null and not is_spend_partial
            then {{ ratio('reporting_total_sales_by_order', 'reporting_ad_spend') }}
    end as roas_by_order,
    case when not is_spend_partial then {{ ratio('reporting_ad_spend', 'new_customers') }} end as cac,
    '{{ var("reporting_currency") }}' as reporting_currency_code
from figures
