{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'web_transaction',
        'group_by': ['transaction_key'],
        'consumes': {
            'fct_web_purchases': ['fct_order_attribution'],
            'fct_order_attribution': [],
            'fct_web_report_days': [],
        },
        'finds': [{
            'grain': 'web_scope_day', 'in': 'fct_order_match', 'by': ['scope_key', 'date_day'],
            'group': 'transaction_key',
        }],
    },
    indexes=[
        {'columns': ['transaction_key']},
        {'columns': ['scope_key', 'date_day']},
    ],
) }}
{%- set columns %}
    order_key, store_key, id_transaction_key, name_transaction_key, web_purchase_key, channel_group, own_source,
    original_total_amount, currency_code, order_date
{%- endset %}
{%- set of_pair = [
    'transaction_key', 'scope_key', 'store_key', 'order_key', 'web_purchase_key', 'channel_group',
    'is_visit_known', 'original_total_amount', 'order_currency_code', 'currency_code', 'date_day', 'order_date',
    'first_seen_date', 'is_provisional', 'final_on', 'is_sampled', 'is_thresholded',
] %}

with purchases as (
    select * from {{ ref('fct_web_purchases') }}
    {{ only_touched('transaction_key') }}
),

-- all orders that these purchases could be of, and those of these ids
orders as (
    select {{ columns }} from {{ ref('fct_order_attribution') }}
    {{ only_touched('id_transaction_key') }}
    {% if is_incremental() %}
        union
        select {{ columns }} from {{ ref('fct_order_attribution') }}
        {{ only_touched('name_transaction_key') }}
    {% endif %}
),

claimed as (
    {{ nearest_orders('orders', 'purchases') }}
),

reported as (
    select
        case
            when orders.order_key is null then 'purchase_only'
            when orders.web_purchase_key = purchases.web_purchase_key then 'matched'
            else 'duplicate'
        end as status,
        purchases.transaction_key,
        coalesce(orders.store_key, purchases.store_key, purchases.property_key) as scope_key,
        coalesce(orders.store_key, purchases.store_key) as store_key,
        orders.order_key,
        purchases.web_purchase_key,
        coalesce(orders.channel_group, purchases.channel_group) as channel_group,
        true as is_visit_known,
        -- a refund of a purchase from before the first load is none
        case
            when purchases.is_unidentified then purchases.times_reported
            else least(purchases.times_reported, 1)
        end as reported_count,
        purchases.times_reported,
        orders.original_total_amount,
        orders.currency_code as order_currency_code,
        purchases.revenue_amount,
        purchases.currency_code,
        case
            when orders.currency_code = purchases.currency_code
                then purchases.revenue_amount - orders.original_total_amount
        end as difference_amount,
        coalesce(orders.order_date, purchases.first_seen_date) as date_day,
        orders.order_date,
        purchases.first_seen_date,
        purchases.is_provisional,
        purchases.final_on,
        purchases.is_sampled,
        purchases.is_thresholded
    from purchases
    left join claimed on purchases.web_purchase_key = claimed.web_purchase_key
    left join orders on claimed.order_key = orders.order_key
),

missed as (
    select
        id_transaction_key as transaction_key,
        store_key as scope_key,
        store_key,
        order_key,
        cast(null as text) as web_purchase_key,
        channel_group,
        own_source is not null as is_visit_known,
        original_total_amount,
        currency_code as order_currency_code,
        cast(null as text) as currency_code,
        order_date as date_day,
        order_date,
        cast(null as date) as first_seen_date,
        cast(null as boolean) as is_provisional,
        cast(null as date) as final_on,
        cast(null as boolean) as is_sampled,
        cast(null as boolean) as is_thresholded
    from orders
    {{ only_touched('id_transaction_key', condition='web_purchase_key is null') }}
),

matches as (
    select
        {{ surrogate_key('status', "'purchase'", 'web_purchase_key') }} as match_key,
        status,
        {{ of_pair | join(',\n        ') }},
        reported_count,
        revenue_amount,
        difference_amount
    from reported
    union all
    -- the same id again: what GA4 adds to its own revenue for it is not known by row
    select
        {{ surrogate_key("'repeated'", "'purchase'", 'web_purchase_key') }} as match_key,
        'duplicate' as status,
        {{ of_pair | join(',\n        ') }},
        times_reported - reported_count as reported_count,
        cast(null as numeric) as revenue_amount,
        cast(null as numeric) as difference_amount
    from reported
    where reported_count < times_reported
    union all
    select
        {{ surrogate_key("'order_only'", "'order'", 'order_key') }} as match_key,
        'order_only' as status,
        {{ of_pair | join(',\n        ') }},
        0 as reported_count,
        cast(null as numeric) as revenue_amount,
        cast(null as numeric) as difference_amount
    from missed
),

asked as (
    select
        scope_key,
        date_day,
        {{ any_true('is_provisional') }} as is_provisional,
        max(final_on) as final_on,
        {{ any_true('is_sampled') }} as is_sampled,
        {{ any_true('is_thresholded') }} as is_thresholded
    from {{ ref('fct_web_report_days') }}
    where report_type = 'purchases'
    group by scope_key, date_day
)

select
    matches.match_key,
    matches.transaction_key,
    matches.scope_key,
    matches.store_key,
    matches.order_key,
    matches.web_purchase_key,
    matches.status,
    matches.channel_group,
    matches.is_visit_known,
    matches.reported_count,
    matches.original_total_amount,
    matches.order_currency_code,
    matches.revenue_amount,
    matches.currency_code,
    matches.difference_amount,
    matches.date_day,
    matches.order_date,
    matches.first_seen_date,
    -- of the day of the order and of that of the purchase; what nobody asked about may still turn up
    coalesce(greatest(asked.is_provisional, matches.is_provisional), true) as is_provisional,
    greatest(asked.final_on, matches.final_on) as final_on,
    coalesce(greatest(asked.is_sampled, matches.is_sampled), false) as is_sampled,
    coalesce(greatest(asked.is_thresholded, matches.is_thresholded), false) as is_thresholded
from matches
left join asked on matches.scope_key = asked.scope_key and matches.date_day = asked.date_day
