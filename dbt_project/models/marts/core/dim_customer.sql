{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'customer',
        'group_by': ['customer_key'],
        'consumes': dict(platform_batches(['customers']), fct_orders=[]),
        'touches': [{
            'grain': 'store_day',
            'keys': [['first_order_store_key', 'first_order_date']],
            'compare': ['customer_key', 'first_order_store_key', 'first_order_date'],
        }],
    },
    indexes=[{'columns': ['first_order_store_key', 'first_order_date']}],
) }}

with customers as (
    select * from {{ ref('int_customers_unioned') }}
    {{ only_touched('customer_key') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    {{ only_touched('customer_key') }}
),

histories as (
    select
        customer_key,
        max(platform) as platform,
        max(store_key) as store_key,
        max(currency_code) as currency_code,
        min(case when is_placed then placed_at end) as first_order_at,
        max(case when is_placed then placed_at end) as last_order_at,
        min(case when is_placed then order_date end) as first_order_date,
        max(case when is_placed then order_date end) as last_order_date,
        sum(case when is_placed then 1 else 0 end) as order_count,
        sum(total_sales) as total_spent,
        max(shipping_country_code) as country_code
    from orders
    group by customer_key
),

joined as (
    select
        coalesce(customers.customer_key, histories.customer_key) as customer_key,
        coalesce(customers.platform, histories.platform) as platform,
        coalesce(customers.store_key, histories.store_key) as store_key,
        customers.customer_id,
        customers.customer_name,
        customers.email,
        coalesce(customers.country_code, histories.country_code) as country_code,
        customers.customer_key is null as is_guest,
        coalesce(customers.is_deleted, false) as is_deleted,
        coalesce(histories.order_count, 0) as order_count,
        coalesce(histories.total_spent, 0) as total_spent,
        coalesce(histories.currency_code, customers.currency_code) as currency_code,
        histories.first_order_at,
        histories.last_order_at,
        histories.first_order_date,
        histories.last_order_date
    from customers
    full outer join histories on customers.customer_key = histories.customer_key
)

select
    joined.customer_key,
    joined.platform,
    joined.store_key,
    case when joined.order_count > 0 then joined.store_key end as first_order_store_key,
    joined.customer_id,
    joined.customer_name,
    joined.email,
    joined.country_code,
    case
        when joined.total_spent >= {{ var('segment_vip_from') }} then 'vip'
        when joined.total_spent >= {{ var('segment_high_from') }} then 'high'
        when joined.total_spent >= {{ var('segment_medium_from') }} then 'medium'
        else 'low'
    end as segment,
    joined.is_guest,
    joined.is_deleted,
    joined.order_count,
    joined.total_spent,
    {{ ratio('joined.total_spent', 'joined.order_count') }} as average_order_value,
    joined.currency_code,
    joined.first_order_at,
    joined.last_order_at,
    joined.first_order_date,
    joined.last_order_date
from joined
