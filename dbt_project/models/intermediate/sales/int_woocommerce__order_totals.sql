-- What an order says of itself as a whole: its lines are rounded one by one, and may not add up to it. And
-- the day on which the shop's report counts it: on none while it lacks the moment that the shop goes by.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    orders.order_key,
    orders.store_key,
    orders.currency_code,
    orders.counts_as_sale and not orders.is_deleted as is_reported,
    {{ local_date(
        "case orders.report_date_type
            when 'date_paid' then orders.paid_at
            when 'date_completed' then orders.completed_at
            else coalesce(orders.created_at, orders.paid_at, orders.updated_at)
        end",
        'orders.time_zone_name'
    ) }} as report_date,
    orders.tax_amount,
    (
        select coalesce(sum(coupons.discount_amount), 0)
        from {{ ref('stg_woocommerce__order_coupons') }} as coupons
        where coupons.order_key = orders.order_key
    ) as coupon_amount
from {{ ref('stg_woocommerce__orders') }} as orders
