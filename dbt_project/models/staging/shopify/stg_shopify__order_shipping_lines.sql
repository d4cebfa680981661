{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['shipping_line_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'orders.account_id', 'shipping_line.id') }} as shipping_line_key,
    orders.order_key,
    orders.account_id,
    shipping_line.id as shipping_line_id,
    shipping_line.title,
    shipping_line.code,
    shipping_line.source,
    coalesce({{ to_boolean('shipping_line."isRemoved"') }}, false) as is_removed,
    {{ shop_money('shipping_line."originalPriceSet"') }} as original_amount,
    {{ shop_money('shipping_line."discountedPriceSet"') }} as discounted_amount,
    orders.currency_code,
    shipping_line."taxLines" as tax_lines,
    shipping_line."discountAllocations" as discount_allocations,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.shipping_lines', 'shipping_line', {
    'id': 'text',
    'title': 'text',
    'code': 'text',
    'source': 'text',
    'isRemoved': 'text',
    'originalPriceSet': 'jsonb',
    'discountedPriceSet': 'jsonb',
    'taxLines': 'jsonb',
    'discountAllocations': 'jsonb',
}) }}
