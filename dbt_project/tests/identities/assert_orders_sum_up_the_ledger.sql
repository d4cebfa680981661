-- Σ by order = Σ of the ledger, for each figure that other marts build on.
{{ config(meta=shown_at('fct_orders')) }}
{{ after_publication() }}

with ledger as (
    select
        order_key,
        {{ ledger_sums() }}
    from {{ rows_in_scope('fct_sales') }} as sales
    where counts_as_sale
    group by order_key
),

orders as (
    select * from {{ rows_in_scope('fct_orders') }} as orders
)

select orders.order_key
from orders
left join ledger on orders.order_key = ledger.order_key
where
    {{ each_metric('orders.{name} <> coalesce(ledger.{name}, 0)', ' or') }}
