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
)

select
    orders.order_key,
    orders.account_id,
    {{ to_integer('application.index') }} as discount_index,
    application.__typename as discount_type,
    application.code as discount_code,
    coalesce(application.code, application.title) as discount_name,
    application."allocationMethod" as allocation_method,
    application."targetSelection" as target_selection,
    application."targetType" as target_type,
    {{ to_numeric(json_text('application.value', 'amount')) }} as value_amount,
    {{ to_numeric(json_text('application.value', 'percentage')) }} as value_percentage,
    coalesce({{ json_text('application.value', 'currencyCode') }}, orders.currency_code) as currency_code,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.discount_applications', 'application', {
    '__typename': 'text',
    'index': 'text',
    'code': 'text',
    'title': 'text',
    'allocationMethod': 'text',
    'targetSelection': 'text',
    'targetType': 'text',
    'value': 'jsonb',
}) }}
