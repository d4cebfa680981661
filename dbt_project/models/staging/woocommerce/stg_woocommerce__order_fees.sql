{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': []},
    },
    indexes=[{'columns': ['fee_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_woocommerce__orders') }}
    {{ only_touched('order_key') }}
)

select
    {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || fee.id") }}
        as fee_key,
    orders.order_key,
    orders.account_id,
    fee.id as fee_id,
    fee.name as fee_name,
    fee.tax_class,
    fee.tax_status,
    -- plugins write discounts as fees below zero
    coalesce({{ to_numeric('fee.total') }}, 0) as total_amount,
    coalesce({{ to_numeric('fee.total_tax') }}, 0) as tax_amount,
    orders.currency_code,
    fee.taxes as tax_lines,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.fee_lines', 'fee', {
    'id': 'text',
    'name': 'text',
    'tax_class': 'text',
    'tax_status': 'text',
    'total': 'text',
    'total_tax': 'text',
    'taxes': 'jsonb',
}) }}
