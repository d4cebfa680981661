{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': []},
    },
    indexes=[{'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_woocommerce__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || tax.id") }}
        as order_tax_key,
    orders.order_key,
    orders.account_id,
    tax.id as order_tax_id,
    tax.rate_id as tax_rate_id,
    tax.rate_code,
    tax.label,
    {{ to_boolean('tax.compound') }} as is_compound,
    {{ to_numeric('tax.rate_percent') }} as rate_percent,
    {{ to_numeric('tax.tax_total') }} as tax_amount,
    {{ to_numeric('tax.shipping_tax_total') }} as shipping_tax_amount,
    orders.currency_code,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.tax_lines', 'tax', {
    'id': 'text',
    'rate_id': 'text',
    'rate_code': 'text',
    'label': 'text',
    'compound': 'text',
    'rate_percent': 'text',
    'tax_total': 'text',
    'shipping_tax_total': 'text',
}) }}
