{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': ['stg_shopify__refunds']},
    },
    indexes=[{'columns': ['order_key']}],
) }}

-- What a refund is made of: items, shipping, and what was given beside them.
with refunds as (
    select * from {{ ref('stg_shopify__refunds') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'refunds.account_id', 'line.id') }} as refund_line_key,
    refunds.refund_key,
    refunds.order_key,
    refunds.account_id,
    'item' as refund_line_type,
    {{ json_text('line."lineItem"', 'id') }} as line_item_id,
    line."restockType" as reason,
    {{ to_integer('line.quantity') }} as quantity,
    {{ shop_money('line."subtotalSet"') }} as subtotal_amount,
    {{ shop_money('line."totalTaxSet"') }} as tax_amount,
    refunds.currency_code,
    refunds.observed_at,
    refunds._dlt_load_id
from refunds
{{ unnest_json('refunds.refund_line_items', 'line', {
    'id': 'text',
    'lineItem': 'jsonb',
    'restockType': 'text',
    'quantity': 'text',
    'subtotalSet': 'jsonb',
    'totalTaxSet': 'jsonb',
}) }}
union all
select
    {{ surrogate_key("'shopify'", 'refunds.account_id', 'line.id') }} as refund_line_key,
    refunds.refund_key,
    refunds.order_key,
    refunds.account_id,
    'shipping' as refund_line_type,
    null as line_item_id,
    null as reason,
    null as quantity,
    {{ shop_money('line."subtotalAmountSet"') }} as subtotal_amount,
    {{ shop_money('line."taxAmountSet"') }} as tax_amount,
    refunds.currency_code,
    refunds.observed_at,
    refunds._dlt_load_id
from refunds
{{ unnest_json('refunds.refund_shipping_lines', 'line', {
    'id': 'text',
    'subtotalAmountSet': 'jsonb',
    'taxAmountSet': 'jsonb',
}) }}
union all
select
    {{ surrogate_key("'shopify'", 'refunds.account_id', 'line.id') }} as refund_line_key,
    refunds.refund_key,
    refunds.order_key,
    refunds.account_id,
    'adjustment' as refund_line_type,
    null as line_item_id,
    line.reason,
    null as quantity,
    {{ shop_money('line."amountSet"') }} as subtotal_amount,
    {{ shop_money('line."taxAmountSet"') }} as tax_amount,
    refunds.currency_code,
    refunds.observed_at,
    refunds._dlt_load_id
from refunds
{{ unnest_json('refunds.order_adjustments', 'line', {
    'id': 'text',
    'reason': 'text',
    'amountSet': 'jsonb',
    'taxAmountSet': 'jsonb',
}) }}
