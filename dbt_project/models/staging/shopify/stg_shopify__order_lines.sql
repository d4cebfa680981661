{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['order_item_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'orders.account_id', 'line.id') }} as order_item_key,
    orders.order_key,
    orders.account_id,
    line.id as line_item_id,
    {{ json_text('line.product', 'id') }} as product_id,
    {{ json_text('line.variant', 'id') }} as variant_id,
    {{ surrogate_key(
        "'shopify'",
        'orders.account_id',
        "coalesce(" ~ json_text('line.variant', 'id') ~ ", " ~ json_text('line.product', 'id') ~ ", 'custom')"
    ) }} as product_key,
    line.title as product_title,
    line."variantTitle" as variant_title,
    line.sku,
    line.vendor,
    coalesce({{ to_boolean('line."isGiftCard"') }}, false) as is_gift_card,
    {{ to_boolean('line.taxable') }} as is_taxable,
    {{ to_boolean('line."requiresShipping"') }} as is_shipped,
    {{ to_integer('line.quantity') }} as quantity,
    {{ to_integer('line."currentQuantity"') }} as current_quantity,
    {{ shop_money('line."originalUnitPriceSet"') }} as unit_price,
    {{ shop_money('line."originalTotalSet"') }} as line_total_before_discounts,
    {{ shop_money('line."discountedTotalSet"') }} as line_total,
    orders.currency_code,
    line."discountAllocations" as discount_allocations,
    line."taxLines" as tax_lines,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.line_items', 'line', {
    'id': 'text',
    'title': 'text',
    'variantTitle': 'text',
    'sku': 'text',
    'vendor': 'text',
    'quantity': 'text',
    'currentQuantity': 'text',
    'isGiftCard': 'text',
    'taxable': 'text',
    'requiresShipping': 'text',
    'product': 'jsonb',
    'variant': 'jsonb',
    'originalUnitPriceSet': 'jsonb',
    'originalTotalSet': 'jsonb',
    'discountedTotalSet': 'jsonb',
    'discountAllocations': 'jsonb',
    'taxLines': 'jsonb',
}) }}
