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
    {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || coupon.id") }}
        as order_coupon_key,
    orders.order_key,
    orders.account_id,
    coupon.id as order_coupon_id,
    coupon.code as coupon_code,
    coupon.discount_type,
    {{ to_boolean('coupon.free_shipping') }} as is_free_shipping,
    {{ to_numeric('coupon.discount') }} as discount_amount,
    {{ to_numeric('coupon.discount_tax') }} as discount_tax_amount,
    {{ to_numeric('coupon.nominal_amount') }} as nominal_amount,
    orders.currency_code,
    orders.observed_at,
    orders._dlt_load_id
from orders
{{ unnest_json('orders.coupon_lines', 'coupon', {
    'id': 'text',
    'code': 'text',
    'discount_type': 'text',
    'free_shipping': 'text',
    'discount': 'text',
    'discount_tax': 'text',
    'nominal_amount': 'text',
}) }}
