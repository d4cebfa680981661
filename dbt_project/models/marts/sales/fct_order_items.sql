{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': dict(
            platform_batches(['orders', 'order_items'], shared_readers=['fct_sales', 'fct_orders']),
            fct_orders=[],
        ),
        'touches': [{
            'grain': 'product',
            'keys': [['product_key']],
            'compare': [
                'order_item_key', 'product_key', 'store_key', 'product_id', 'variant_id', 'product_title', 'variant_title',
                'sku', 'vendor', 'is_gift_card', 'currency_code', 'placed_at',
            ],
        }],
    },
    indexes=[{'columns': ['order_key']}, {'columns': ['product_key']}],
) }}

with items as (
    select * from {{ ref('int_order_items_unioned') }}
    {{ only_touched('order_key', below=true) }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    {{ only_touched('order_key') }}
),

sales as (
    select
        order_item_key,
        cast(sum(case when line_type = 'product' and quantity > 0 then quantity else 0 end) as bigint)
            as units,
        cast(sum(case when line_type = 'product' and quantity < 0 then quantity else 0 end) as bigint)
            as units_returned,
        sum(case when sale_class = 'sale' then gross_amount else 0 end) as gross_sales,
        sum(case when sale_class = 'sale' then discount_amount else 0 end) as discounts,
        sum(case when sale_class = 'reversal' then net_amount else 0 end) as sales_reversals,
        sum(case when sale_class is not null then net_amount else 0 end) as net_sales,
        sum(tax_amount) as taxes,
        sum(total_amount) as total_amount
    from {{ ref('fct_sales') }}
    {{ only_touched('order_key', condition='counts_as_sale and order_item_key is not null') }}
    group by order_item_key
)

select
    items.order_item_key,
    items.platform,
    orders.store_key,
    items.order_key,
    items.product_key,
    orders.customer_key,
    items.order_item_id,
    items.product_id,
    items.variant_id,
    items.product_title,
    items.variant_title,
    items.sku,
    items.vendor,
    items.is_gift_card,
    orders.is_deleted,
    items.line_quantity,
    items.current_quantity,
    coalesce(sales.units, 0) as units,
    coalesce(sales.units_returned, 0) as units_returned,
    items.unit_price,
    coalesce(sales.gross_sales, 0) as gross_sales,
    coalesce(sales.discounts, 0) as discounts,
    coalesce(sales.sales_reversals, 0) as sales_reversals,
    coalesce(sales.net_sales, 0) as net_sales,
    coalesce(sales.taxes, 0) as taxes,
    coalesce(sales.total_amount, 0) as total_amount,
    items.currency_code,
    orders.placed_at,
    orders.order_date,
    items.observed_at
from items
inner join orders on items.order_key = orders.order_key
left join sales on items.order_item_key = sales.order_item_key
