-- A refund that the order names and nobody could read is booked nowhere; neither is one that only the status
-- tells of.
{{ config(severity='warn', meta=shown_at('stg_woocommerce__orders')) }}

with orders as (
    select * from {{ rows_in_scope('stg_woocommerce__orders') }} as orders
    where not is_deleted
),

named as (
    select
        orders.order_key,
        {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || refund.id") }}
            as refund_key
    from orders
    {{ unnest_json('orders.refunds', 'refund', {'id': 'text'}) }}
),

-- joined as a set: looked for order by order, the whole list would be read for each of them
missing as (
    select distinct named.order_key
    from named
    left join {{ ref('stg_woocommerce__refunds') }} as refunds on named.refund_key = refunds.refund_key
    where refunds.refund_key is null
)

select orders.order_key, orders.account_id, orders.order_name, orders.status
from orders
left join missing on orders.order_key = missing.order_key
where
    missing.order_key is not null
    or (orders.status = 'refunded' and not {{ json_has_objects('orders.refund_documents') }})
