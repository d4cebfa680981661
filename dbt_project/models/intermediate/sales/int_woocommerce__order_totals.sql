-- What an order says of itself as a whole: its lines are rounded one by one, and do not always add up to it.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    orders.order_key,
    orders.tax_amount,
    (
        select coalesce(sum(coupons.discount_amount), 0)
        from {{ ref('stg_woocommerce__order_coupons') }} as coupons
        where coupons.order_key = orders.order_key
    ) as coupon_amount
from {{ ref('stg_woocommerce__orders') }} as orders
