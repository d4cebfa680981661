{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
),

agreements as (
    select
        orders.order_key,
        orders.account_id,
        orders.currency_code,
        orders.presentment_currency_code,
        orders.observed_at,
        orders._dlt_load_id,
        agreement.__typename as agreement_type,
        agreement.id as agreement_id,
        agreement.reason as agreement_reason,
        {{ json_text('agreement.refund', 'id') }} as refund_id,
        {{ json_text('agreement.return', 'id') }} as return_id,
        {{ to_timestamp('agreement."happenedAt"') }} as happened_at,
        agreement.sales
    from orders
    {{ unnest_json('orders.agreements', 'agreement', {
        '__typename': 'text',
        'id': 'text',
        'reason': 'text',
        'refund': 'jsonb',
        'return': 'jsonb',
        'happenedAt': 'text',
        'sales': 'jsonb',
    }) }}
)

select
    {{ surrogate_key("'shopify'", 'agreements.account_id', 'sale.id') }} as sale_key,
    agreements.order_key,
    agreements.account_id,
    sale.id as sale_id,
    agreements.agreement_id,
    agreements.agreement_type,
    agreements.agreement_reason,
    agreements.refund_id,
    agreements.return_id,
    sale.__typename as sale_type,
    sale."actionType" as action_type,
    sale."lineType" as line_type,
    {{ json_text('sale."lineItem"', 'id') }} as line_item_id,
    {{ surrogate_key("'shopify'", 'agreements.account_id', json_text('sale."lineItem"', 'id')) }}
        as order_item_key,
    {{ json_text('sale."shippingLine"', 'id') }} as shipping_line_id,
    {{ to_integer('sale.quantity') }} as quantity,
    {{ shop_money('sale."totalAmount"') }} as total_amount,
    {{ shop_money('sale."totalTaxAmount"') }} as tax_amount,
    {{ shop_money('sale."totalDiscountAmountBeforeTaxes"') }} as discount_amount,
    {{ shop_money('sale."totalDiscountAmountAfterTaxes"') }} as discount_with_tax_amount,
    agreements.currency_code,
    {{ presentment_money('sale."totalAmount"') }} as presentment_total_amount,
    {{ presentment_money('sale."totalTaxAmount"') }} as presentment_tax_amount,
    {{ presentment_money('sale."totalDiscountAmountBeforeTaxes"') }} as presentment_discount_amount,
    agreements.presentment_currency_code,
    agreements.happened_at,
    agreements.observed_at,
    agreements._dlt_load_id
from agreements
{{ unnest_json('agreements.sales', 'sale', {
    '__typename': 'text',
    'id': 'text',
    'actionType': 'text',
    'lineType': 'text',
    'quantity': 'text',
    'lineItem': 'jsonb',
    'shippingLine': 'jsonb',
    'totalAmount': 'jsonb',
    'totalTaxAmount': 'jsonb',
    'totalDiscountAmountBeforeTaxes': 'jsonb',
    'totalDiscountAmountAfterTaxes': 'jsonb',
}) }}
