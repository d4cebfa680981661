{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {
            'stg_woocommerce__orders': ['stg_woocommerce__order_coupons', 'fct_sales'],
            'fct_sales': [],
        },
        'touches': [{'grain': 'store_day', 'keys': [['store_key', 'date_day']]}],
    },
    indexes=[{'columns': ['order_key']}, {'columns': ['store_key', 'date_day']}],
) }}

with bookings as (
    select
        order_key,
        event_type = 'order' as is_order,
        min(sale_key) as sale_key,
        max(store_key) as store_key,
        max(currency_code) as currency_code,
        max(booked_date) as booked_date,
        count(*) as ledger_rows,
        {{ ledger_sum('total_sales') }} as total_amount,
        {{ ledger_sum('taxes') }} as tax_amount,
        {{ ledger_sum('shipping') }} as shipping_amount
    from {{ ref('fct_sales') }}
    {{ only_touched('order_key', condition="counts_as_sale and platform = 'woocommerce'") }}
    group by order_key, event_type, case when event_type <> 'order' then happened_at end
),

orders as (
    select * from {{ ref('int_woocommerce__order_totals') }}
    {{ only_touched('order_key', below=true, condition='is_reported') }}
),

rows_kept as (
    -- an order counts even when nothing is in it
    select
        orders.order_key as revenue_key,
        orders.order_key,
        orders.store_key,
        orders.report_date as date_day,
        true as is_order,
        coalesce(bookings.ledger_rows, 0) as ledger_rows,
        coalesce(bookings.total_amount, 0) as total_amount,
        -- tax and coupons as the order as a whole has them
        coalesce(orders.tax_amount, bookings.tax_amount, 0) as tax_amount,
        coalesce(bookings.shipping_amount, 0) as shipping_amount,
        orders.coupon_amount,
        orders.currency_code
    from orders
    left join bookings on orders.order_key = bookings.order_key and bookings.is_order
    where orders.report_date is not null
    union all
    -- a refund counts on its own day, whichever moment of orders the shop goes by
    select
        sale_key as revenue_key,
        order_key,
        store_key,
        booked_date as date_day,
        false as is_order,
        ledger_rows,
        total_amount,
        tax_amount,
        shipping_amount,
        0 as coupon_amount,
        currency_code
    from bookings
    where not is_order
)

select
    revenue_key,
    order_key,
    'woocommerce' as platform,
    store_key,
    date_day,
    is_order,
    ledger_rows,
    total_amount,
    tax_amount,
    shipping_amount,
    total_amount - tax_amount - shipping_amount as net_amount,
    coupon_amount,
    currency_code
from rows_kept
