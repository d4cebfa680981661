{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['transaction_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'orders.account_id', 'transaction.id') }} as transaction_key,
    orders.order_key,
    orders.account_id,
    transaction.id as transaction_id,
    {{ json_text('transaction."parentTransaction"', 'id') }} as parent_transaction_id,
    transaction.kind,
    transaction.status,
    transaction.gateway,
    transaction."formattedGateway" as gateway_name,
    transaction."errorCode" as error_code,
    {{ to_boolean('transaction.test') }} as is_test,
    {{ shop_money('transaction."amountSet"') }} as amount,
    orders.currency_code,
    {{ to_timestamp('transaction."createdAt"') }} as created_at,
    {{ to_timestamp('transaction."processedAt"') }} as processed_at,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.transactions', 'transaction', {
    'id': 'text',
    'parentTransaction': 'jsonb',
    'kind': 'text',
    'status': 'text',
    'gateway': 'text',
    'formattedGateway': 'text',
    'errorCode': 'text',
    'test': 'text',
    'amountSet': 'jsonb',
    'createdAt': 'text',
    'processedAt': 'text',
}) }}
