{{ config(
    meta={
        'grain': 'abandoned_checkout',
        'group_by': ['abandoned_checkout_key'],
        'consumes': {'stg_shopify__abandoned_checkouts': []},
    },
    indexes=[{'columns': ['abandoned_checkout_line_key'], 'unique': true}, {'columns': ['abandoned_checkout_key']}],
) }}

with checkouts as (
    select * from {{ ref('stg_shopify__abandoned_checkouts') }}
    {{ only_touched('abandoned_checkout_key') }}
)

select
    {{ surrogate_key("'shopify'", 'checkouts.account_id', 'line.id') }} as abandoned_checkout_line_key,
    checkouts.abandoned_checkout_key,
    checkouts.account_id,
    line.id as abandoned_checkout_line_id,
    {{ json_text('line.product', 'id') }} as product_id,
    {{ json_text('line.variant', 'id') }} as variant_id,
    line.title as product_title,
    line.sku,
    {{ to_integer('line.quantity') }} as quantity,
    {{ shop_money('line."originalTotalPriceSet"') }} as line_total_before_discounts,
    {{ shop_money('line."discountedTotalPriceSet"') }} as line_total,
    checkouts.currency_code,
    checkouts.observed_at,
    checkouts._dlt_load_id
from checkouts
{{ unnest_json('checkouts.line_items', 'line', {
    'id': 'text',
    'title': 'text',
    'sku': 'text',
    'quantity': 'text',
    'product': 'jsonb',
    'variant': 'jsonb',
    'originalTotalPriceSet': 'jsonb',
    'discountedTotalPriceSet': 'jsonb',
}) }}
