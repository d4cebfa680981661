{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['store_key', 'date_day'],
        'consumes': {'fct_sales': [], 'fct_orders': []},
    },
) }}

-- what Analytics keeps a row of: an order, and each of its refunds on its own day
with bookings as (
    select
        store_key,
        booked_date as date_day,
        currency_code,
        case when event_type = 'order' then order_key end as sold_order_key,
        {{ ledger_sum('total_sales') }} as total_amount,
        {{ ledger_sum('taxes') }} as tax_amount,
        {{ ledger_sum('shipping') }} as shipping_amount
    from {{ ref('fct_sales') }}
    {{ only_touched('store_key', 'booked_date', condition="counts_as_sale and platform = 'woocommerce'") }}
    group by store_key, booked_date, currency_code, order_key, event_type, happened_at
),

-- tax and coupons as the order as a whole has them: its lines are rounded one by one
rows_kept as (
    select
        bookings.store_key,
        bookings.date_day,
        bookings.currency_code,
        bookings.total_amount,
        coalesce(totals.tax_amount, bookings.tax_amount) as tax_amount,
        bookings.shipping_amount,
        coalesce(totals.coupon_amount, 0) as coupon_amount
    from bookings
    left join {{ ref('int_woocommerce__order_totals') }} as totals
        on bookings.sold_order_key = totals.order_key
),

revenue as (
    select
        store_key,
        date_day,
        max(currency_code) as currency_code,
        sum(total_amount) as total_sales,
        sum(tax_amount) as taxes,
        sum(shipping_amount) as shipping,
        sum(coupon_amount) as coupons,
        -- all that is below zero, an order that a fee made negative too
        -sum(least(total_amount - tax_amount - shipping_amount, 0)) as refunds
    from rows_kept
    group by store_key, date_day
),

-- an order counts even when nothing is in it
orders as (
    select
        store_key,
        order_date as date_day,
        max(currency_code) as currency_code,
        count(*) as orders
    from {{ ref('fct_orders') }}
    {{ only_touched(
        'store_key',
        'order_date',
        condition="counts_as_sale and not is_deleted and platform = 'woocommerce'",
    ) }}
    group by store_key, order_date
),

days as (
    select
        coalesce(revenue.store_key, orders.store_key) as store_key,
        coalesce(revenue.date_day, orders.date_day) as date_day,
        coalesce(revenue.currency_code, orders.currency_code) as currency_code,
        coalesce(orders.orders, 0) as orders,
        coalesce(revenue.total_sales, 0) as total_sales,
        coalesce(revenue.taxes, 0) as taxes,
        coalesce(revenue.shipping, 0) as shipping,
        coalesce(revenue.coupons, 0) as coupons,
        coalesce(revenue.refunds, 0) as refunds
    from revenue
    full outer join orders on revenue.store_key = orders.store_key and revenue.date_day = orders.date_day
)

select
    store_key,
    date_day,
    'woocommerce' as platform,
    orders,
    total_sales + coupons - taxes - shipping + refunds as gross_sales,
    coupons,
    refunds,
    total_sales - taxes - shipping as net_revenue,
    taxes,
    shipping,
    total_sales,
    {{ ratio('total_sales - taxes - shipping', 'orders') }} as average_order_value,
    currency_code
from days
