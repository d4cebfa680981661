{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': ['stg_woocommerce__refunds']},
    },
    indexes=[{'columns': ['order_key']}],
) }}

-- What a refund names of its order: goods, shipping and fees. Amounts are signed as sent, below zero.
with refunds as (
    select * from {{ ref('stg_woocommerce__refunds') }}
    {{ only_touched('order_key') }}
),

lines as (
    {% for type, column in {'item': 'line_items', 'shipping': 'shipping_lines', 'fee': 'fee_lines'}.items() %}
        select
            refunds.refund_key,
            refunds.refund_id,
            refunds.order_key,
            refunds.order_id,
            refunds.account_id,
            refunds.currency_code,
            refunds.created_at as refunded_at,
            refunds.observed_at,
            refunds._dlt_load_id,
            '{{ type }}' as refund_line_type,
            line.*
        from refunds
        {{ unnest_json('refunds.' ~ column, 'line', {
            'id': 'text', 'product_id': 'text', 'variation_id': 'text', 'quantity': 'text', 'subtotal': 'text',
            'total': 'text', 'total_tax': 'text', 'meta_data': 'jsonb',
        }) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ surrogate_key("'woocommerce'", 'account_id', "order_id || ':' || id") }} as refund_line_key,
    refund_key,
    refund_id,
    order_key,
    account_id,
    refund_line_type,
    id as refund_line_id,
    {{ json_entry('meta_data', '_refunded_item_id') }} as refunded_item_id,
    {{ surrogate_key(
        "'woocommerce'",
        'account_id',
        "order_id || ':' || " ~ json_entry('meta_data', '_refunded_item_id')
    ) }} as refunded_item_key,
    {{ surrogate_key(
        "'woocommerce'",
        'account_id',
        "coalesce(nullif(nullif(variation_id, '0'), ''), nullif(nullif(product_id, '0'), ''), 'custom')"
    ) }} as product_key,
    -abs({{ to_units('quantity') }}) as quantity,
    coalesce({{ to_numeric('subtotal') }}, {{ to_numeric('total') }}, 0) as subtotal_amount,
    coalesce({{ to_numeric('total') }}, 0) as total_amount,
    coalesce({{ to_numeric('total_tax') }}, 0) as tax_amount,
    currency_code,
    refunded_at,
    observed_at,
    _dlt_load_id
from lines
