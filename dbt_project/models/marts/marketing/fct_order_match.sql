{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'web_transaction',
        'group_by': ['transaction_key'],
        'consumes': {'fct_web_purchases': ['fct_order_attribution'], 'fct_order_attribution': []},
    },
    indexes=[
        {'columns': ['transaction_key']},
        {'columns': ['store_key', 'date_day']},
    ],
) }}
{%- set columns %}
    order_key, store_key, id_transaction_key, name_transaction_key, web_purchase_key, channel_group, own_source,
    original_total_amount, currency_code, order_date
{%- endset %}

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
        purchases.first_seen_date
    from purchases
    left join claimed on purchases.web_purchase_key = claimed.web_purchase_key
    left join orders on claimed.order_key = orders.order_key
),

-- the same id reported again
repeated as (
    select * from reported
    where reported_count < times_reported
),

missed as (
    select * from orders
    {{ only_touched('id_transaction_key', condition='web_purchase_key is null') }}
)

select
    {{ surrogate_key('status', "'purchase'", 'web_purchase_key') }} as match_key,
    transaction_key,
    store_key,
    order_key,
    web_purchase_key,
    status,
    channel_group,
    is_visit_known,
    reported_count,
    original_total_amount,
    order_currency_code,
    revenue_amount,
    currency_code,
    difference_amount,
    date_day,
    order_date,
    first_seen_date
from reported
union all
select
    {{ surrogate_key("'repeated'", "'purchase'", 'web_purchase_key') }} as match_key,
    transaction_key,
    store_key,
    order_key,
    web_purchase_key,
    'duplicate' as status,
    channel_group,
    is_visit_known,
    times_reported - reported_count as reported_count,
    original_total_amount,
    order_currency_code,
    -- what GA4 adds to its own revenue for it is not known by row
    cast(null as numeric) as revenue_amount,
    currency_code,
    cast(null as numeric) as difference_amount,
    date_day,
    order_date,
    first_seen_date
from repeated
union all
select
    {{ surrogate_key("'order_only'", "'order'", 'order_key') }} as match_key,
    id_transaction_key as transaction_key,
    store_key,
    order_key,
    cast(null as text) as web_purchase_key,
    'order_only' as status,
    channel_group,
    own_source is not null as is_visit_known,
    0 as reported_count,
    original_total_amount,
    currency_code as order_currency_code,
    cast(null as numeric) as revenue_amount,
    cast(null as text) as currency_code,
    cast(null as numeric) as difference_amount,
    order_date as date_day,
    order_date,
    cast(null as date) as first_seen_date
from missed
