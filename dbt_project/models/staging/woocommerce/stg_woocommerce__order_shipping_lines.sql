{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': []},
    },
    indexes=[{'columns': ['shipping_line_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_woocommerce__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || shipping_line.id") }}
        as shipping_line_key,
    orders.order_key,
    orders.account_id,
    shipping_line.id as shipping_line_id,
    shipping_line.method_title as title,
    shipping_line.method_id,
    shipping_line.instance_id,
    coalesce({{ to_numeric('shipping_line.total') }}, 0) as total_amount,
    coalesce({{ to_numeric('shipping_line.total_tax') }}, 0) as tax_amount,
    orders.currency_code,
    shipping_line.taxes as tax_lines,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.shipping_lines', 'shipping_line', {
    'id': 'text',
    'method_title': 'text',
    'method_id': 'text',
    'instance_id': 'text',
    'total': 'text',
    'total_tax': 'text',
    'taxes': 'jsonb',
}) }}
