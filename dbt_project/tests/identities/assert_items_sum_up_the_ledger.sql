-- Σ by product = Σ of the ledger: a partial refund reaches the product as well as the order.
{{ config(meta=shown_at('fct_order_items')) }}
{{ after_publication() }}

with ledger as (
    select order_key, sum(net_amount) as net_amount
    from {{ rows_in_scope('fct_sales') }} as sales
    where counts_as_sale and order_item_key is not null and sale_class is not null
    group by order_key
),

items as (
    select order_key, sum(net_sales) as net_sales
    from {{ rows_in_scope('fct_order_items') }} as items
    group by order_key
)

select coalesce(ledger.order_key, items.order_key) as order_key, ledger.net_amount, items.net_sales
from ledger
full outer join items on ledger.order_key = items.order_key
where coalesce(ledger.net_amount, 0) <> coalesce(items.net_sales, 0)
