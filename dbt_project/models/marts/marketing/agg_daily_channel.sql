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
{%- set unattributed = "'" ~ unattributed_channel() ~ "'" %}

with
{% for clock, day in [('as_booked', 'booked_date'), ('by_order', 'order_date')] %}
    {{ clock }} as (
        select
            sold.store_key as scope_key,
            sold.store_key,
            sold.{{ day }} as date_day,
            sold.channel_group,
            {{ reporting_sums(['net_sales', 'total_sales']) }}
        from (
            select
                sales.*,
                coalesce(channels.channel_group, {{ unattributed }}) as channel_group
            from {{ ref('fct_sales') }} as sales
            left join {{ ref('fct_order_attribution') }} as channels on sales.order_key = channels.order_key
            {{ only_touched('sales.store_key', 'sales.' ~ day, condition='sales.counts_as_sale') }}
        ) as sold
        group by sold.store_key, sold.{{ day }}, sold.channel_group
    ),

{% endfor %}
placed as (
    select
        store_key as scope_key,
        store_key,
        order_date as date_day,
        channel_group,
        count(*) as orders,
        -- GA4 or the shop was allowed to see how the buyer came
        count(coalesce(web_purchase_key, own_source)) as visible_orders,
        count(web_purchase_key) as matched_orders
    from {{ ref('fct_order_attribution') }}
    {{ only_touched('store_key', 'order_date') }}
    group by store_key, order_date, channel_group
),

-- by the channel of the first order ever
newcomers as (
    select
        first_order_store_key as scope_key,
        first_order_store_key as store_key,
        first_order_date as date_day,
        channel_group,
        count(*) as new_customers
    from (
        select
            customers.first_order_store_key,
            customers.first_order_date,
            coalesce(channels.channel_group, {{ unattributed }}) as channel_group
        from {{ ref('dim_customer') }} as customers
        left join {{ ref('fct_order_attribution') }} as channels
            on customers.first_order_key = channels.order_key
        {{ only_touched(
            'customers.first_order_store_key',
            'customers.first_order_date',
            condition='customers.first_order_date is not null',
        ) }}
    ) as people
    group by first_order_store_key, first_order_date, channel_group
),

-- as GA4 has them, on the day and by the channel of its own; one that was sent twice is one
measured as (
    select
        store_key as scope_key,
        store_key,
        first_seen_date as date_day,
        {{ sent_channel('channel_group') }} as channel_group,
        cast(sum(case when is_unidentified then times_reported else least(times_reported, 1) end) as bigint)
            as web_purchases
    from {{ ref('fct_web_purchases') }}
    {{ only_touched('store_key', 'first_seen_date', condition='store_key is not null') }}
    group by store_key, first_seen_date, {{ sent_channel('channel_group') }}
),

visited as (
    select
        scope_key,
        store_key,
        date_day,
        {{ sent_channel('channel_group') }} as channel_group,
        cast(sum(sessions) as bigint) as sessions,
        cast(sum(engaged_sessions) as bigint) as engaged_sessions
    from {{ ref('fct_sessions') }}
    {{ only_touched('scope_key', 'date_day') }}
    group by scope_key, store_key, date_day, {{ sent_channel('channel_group') }}
),

-- reports of GA4 on the day, be they empty
asked as (
    select
        scope_key,
        date_day,
        {{ any_true("report_type = 'sessions'") }} as counts_sessions,
        count(distinct case when report_type = 'purchases' then property_key end) as web_properties,
        {{ any_true('is_provisional') }} as is_provisional,
        {{ any_true('is_sampled') }} as is_sampled,
        {{ any_true('is_thresholded') }} as is_thresholded,
        max(final_on) as final_on
    from {{ ref('fct_web_report_days') }}
    {{ only_touched('scope_key', 'date_day') }}
    group by scope_key, date_day
),

spent as (
    select
        scope_key,
        store_key,
        date_day,
        channel_group,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        case when count(*) = count(reporting_spend_amount) then sum(reporting_spend_amount) end
            as reporting_ad_spend,
        {{ any_true('is_provisional') }} as is_provisional,
        max(final_on) as final_on
    from {{ ref('fct_ad_spend') }}
    {{ only_touched('scope_key', 'date_day') }}
    group by scope_key, store_key, date_day, channel_group
),

-- accounts of which the day was read, be it empty: what nobody told of is not nought
told as (
    select
        scope_key,
        date_day,
        count(distinct account_key) as ad_accounts,
        {{ any_true('is_provisional') }} as is_provisional,
        max(final_on) as final_on
    from {{ ref('fct_ad_restatements') }}
    {{ only_touched('scope_key', 'date_day', condition='is_latest and spend_amount is not null') }}
    group by scope_key, date_day
),

days as (
    {% for found in parts %}
        select scope_key, store_key, date_day, channel_group from {{ found }}
        {{ 'union' if not loop.last }}
    {% endfor %}
),

-- accounts that should have: they were read for this day or an earlier one, and nobody said that they ended
expected as (
    select
        asked.scope_key,
        asked.date_day,
        count(*) as ad_accounts
    from (select distinct scope_key, date_day from days) as asked
    inner join {{ ref('dim_ad_account') }} as accounts
        on
            asked.scope_key = accounts.scope_key
            and asked.date_day >= accounts.first_day
            and asked.date_day <= coalesce(accounts.ended_on, asked.date_day)
    group by asked.scope_key, asked.date_day
),

figures as (
    select
        days.scope_key,
        days.store_key,
        days.date_day,
        days.channel_group,
        -- said of all channels of the day: what is late may belong to any of them
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
        coalesce(newcomers.new_customers, 0) as new_customers,
        case when as_booked.scope_key is null then 0 else as_booked.reporting_net_sales end
            as reporting_net_sales,
        case when as_booked.scope_key is null then 0 else as_booked.reporting_total_sales end
            as reporting_total_sales,
        case when by_order.scope_key is null then 0 else by_order.reporting_net_sales end
            as reporting_net_sales_by_order,
        case when by_order.scope_key is null then 0 else by_order.reporting_total_sales end
            as reporting_total_sales_by_order
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
