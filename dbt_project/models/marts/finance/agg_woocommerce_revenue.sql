{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['store_key', 'date_day'],
        'consumes': {'fct_woocommerce_revenue': []},
        'touches': [{'grain': 'store_day', 'keys': [['store_key', 'date_day']]}],
    },
) }}

with days as (
    select
        store_key,
        date_day,
        max(currency_code) as currency_code,
        sum(case when is_order then 1 else 0 end) as orders,
        sum(total_amount) as total_sales,
        sum(tax_amount) as taxes,
        sum(shipping_amount) as shipping,
        sum(net_amount) as net_revenue,
        sum(coupon_amount) as coupons,
        -- all that is below zero, an order that a fee made negative too
        -sum(least(net_amount, 0)) as refunds
    from {{ ref('fct_woocommerce_revenue') }}
    {{ only_touched('store_key', 'date_day') }}
    group by store_key, date_day
)

select
    store_key,
    date_day,
    'woocommerce' as platform,
    orders,
    net_revenue + coupons + refunds as gross_sales,
    coupons,
    refunds,
    net_revenue,
    taxes,
    shipping,
    total_sales,
    {{ ratio('net_revenue', 'orders') }} as average_order_value,
    currency_code
from days
