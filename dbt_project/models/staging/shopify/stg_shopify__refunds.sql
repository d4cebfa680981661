{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['refund_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'orders.account_id', 'refund.id') }} as refund_key,
    orders.order_key,
    orders.account_id,
    refund.id as refund_id,
    {{ json_text('refund.return', 'id') }} as return_id,
    refund.note,
    {{ shop_money('refund."totalRefundedSet"') }} as refunded_amount,
    orders.currency_code,
    refund."refundLineItems" as refund_line_items,
    refund."refundShippingLines" as refund_shipping_lines,
    refund."orderAdjustments" as order_adjustments,
    {{ to_timestamp('refund."createdAt"') }} as created_at,
    {{ to_timestamp('refund."processedAt"') }} as processed_at,
    {{ to_timestamp('refund."updatedAt"') }} as updated_at,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.refunds', 'refund', {
    'id': 'text',
    'return': 'jsonb',
    'note': 'text',
    'totalRefundedSet': 'jsonb',
    'refundLineItems': 'jsonb',
    'refundShippingLines': 'jsonb',
    'orderAdjustments': 'jsonb',
    'createdAt': 'text',
    'processedAt': 'text',
    'updatedAt': 'text',
}) }}
