-- Neither units nor money of a line go below nothing. Orders that are returns or adjustments alone have no
-- sale to compare with: they are left out, and counted in fct_quality_counts.
{{ config(meta=shown_at('fct_order_items')) }}
{{ after_publication() }}

with items as (
    select * from {{ rows_in_scope('fct_order_items') }} as items
),

orders as (
    select * from {{ rows_in_scope('fct_orders') }} as orders
)

select items.order_item_key, items.order_key, items.units, items.units_returned, items.net_sales
from items
inner join orders on items.order_key = orders.order_key
where
    not orders.is_return_only
    and not orders.is_adjustment_only
    and (items.units + items.units_returned < 0 or items.net_sales < 0)
