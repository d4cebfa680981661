-- Money that moved, as far as orders tell: WooCommerce keeps no list of transactions, only when it was paid.
select
    order_key,
    coalesce(total_amount, 0) as paid_amount,
    refunded_amount
from {{ ref('stg_woocommerce__orders') }}
where paid_at is not null
