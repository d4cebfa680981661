{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_shopify__orders': []},
    },
    indexes=[{'columns': ['fulfillment_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_shopify__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'shopify'", 'orders.account_id', 'fulfillment.id') }} as fulfillment_key,
    orders.order_key,
    orders.account_id,
    fulfillment.id as fulfillment_id,
    fulfillment.name as fulfillment_name,
    fulfillment.status,
    fulfillment."displayStatus" as display_status,
    {{ to_integer('fulfillment."totalQuantity"') }} as quantity,
    {{ to_timestamp('fulfillment."createdAt"') }} as created_at,
    {{ to_timestamp('fulfillment."updatedAt"') }} as updated_at,
    {{ to_timestamp('fulfillment."deliveredAt"') }} as delivered_at,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.fulfillments', 'fulfillment', {
    'id': 'text',
    'name': 'text',
    'status': 'text',
    'displayStatus': 'text',
    'totalQuantity': 'text',
    'createdAt': 'text',
    'updatedAt': 'text',
    'deliveredAt': 'text',
}) }}
