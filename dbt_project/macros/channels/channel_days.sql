{# The parts of agg_daily_channel: what is known of a scope's day, by channel, or of all channels. Each is the query of a
   CTE, restricted to the groups of the run; a scope is a store, or an account of no store. #}

{# Sales of a store's days, on the clock of `day`, by the channel of their order. #}
{% macro sales_by_channel(day) -%}
    select
        sold.store_key as scope_key,
        sold.store_key,
        sold.{{ day }} as date_day,
        sold.channel_group,
        {{ reporting_sums(['net_sales', 'total_sales']) }}
    from (
        select
            sales.*,
            coalesce(channels.channel_group, '{{ unattributed_channel() }}') as channel_group
        from {{ ref('fct_sales') }} as sales
        left join {{ ref('fct_order_attribution') }} as channels on sales.order_key = channels.order_key
        {{ only_touched('sales.store_key', 'sales.' ~ day, condition='sales.counts_as_sale') }}
    ) as sold
    group by sold.store_key, sold.{{ day }}, sold.channel_group
{%- endmacro %}

{# New customers, by the channel of the first order ever. #}
{% macro newcomers_by_channel() -%}
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
            coalesce(channels.channel_group, '{{ unattributed_channel() }}') as channel_group
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
{%- endmacro %}

{# Purchases as GA4 has them, on the day and by the channel of its own; one that was sent twice is one. #}
{% macro web_purchases_by_channel() -%}
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
{%- endmacro %}

{% macro sessions_by_channel() -%}
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
{%- endmacro %}

{% macro spend_by_channel() -%}
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
{%- endmacro %}

{# Orders as placed; visible: GA4 or the shop was allowed to see how the buyer came. #}
{% macro orders_by_channel() -%}
    select
        store_key as scope_key,
        store_key,
        order_date as date_day,
        channel_group,
        count(*) as orders,
        count(coalesce(web_purchase_key, own_source)) as visible_orders,
        count(web_purchase_key) as matched_orders
    from {{ ref('fct_order_attribution') }}
    {{ only_touched('store_key', 'order_date') }}
    group by store_key, order_date, channel_group
{%- endmacro %}
