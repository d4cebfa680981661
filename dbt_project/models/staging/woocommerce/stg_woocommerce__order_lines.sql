{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': ['stg_woocommerce__refund_lines']},
    },
    indexes=[{'columns': ['order_item_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_woocommerce__orders') }}
    {{ only_touched('order_key') }}
),

-- what came back of each line, summed before the join
refunded as (
    select
        order_key,
        refunded_item_id,
        sum(quantity) as quantity
    from {{ ref('stg_woocommerce__refund_lines') }}
    {{ only_touched('order_key', condition="refund_line_type = 'item'") }}
    group by order_key, refunded_item_id
),

lines as (
    select
        orders.order_key,
        orders.order_id,
        orders.account_id,
        orders.currency_code,
        orders.price_decimals,
        orders.is_tax_included,
        orders.observed_at,
        orders._dlt_load_id,
        line.id as line_item_id,
        nullif(nullif(line.product_id, '0'), '') as product_id,
        nullif(nullif(line.variation_id, '0'), '') as variation_id,
        line.name as line_name,
        nullif(line.parent_name, '') as parent_name,
        nullif(line.sku, '') as sku,
        nullif(line.global_unique_id, '') as barcode,
        line.tax_class,
        {{ to_units('line.quantity') }} as quantity,
        coalesce({{ to_numeric('line.subtotal') }}, {{ to_numeric('line.total') }}, 0) as subtotal_amount,
        coalesce({{ to_numeric('line.subtotal_tax') }}, {{ to_numeric('line.total_tax') }}, 0)
            as subtotal_tax_amount,
        coalesce({{ to_numeric('line.total') }}, 0) as total_amount,
        coalesce({{ to_numeric('line.total_tax') }}, 0) as tax_amount,
        {{ to_numeric('line.price') }} as price,
        line.taxes as tax_lines,
        line.meta_data
    from orders
    {{ unnest_json('orders.line_items', 'line', {
        'id': 'text', 'name': 'text', 'parent_name': 'text', 'product_id': 'text', 'variation_id': 'text',
        'sku': 'text', 'global_unique_id': 'text', 'tax_class': 'text', 'quantity': 'text', 'subtotal': 'text',
        'subtotal_tax': 'text', 'total': 'text', 'total_tax': 'text', 'price': 'text', 'taxes': 'jsonb',
        'meta_data': 'jsonb',
    }) }}
)

select
    {{ surrogate_key("'woocommerce'", 'lines.account_id', "lines.order_id || ':' || lines.line_item_id") }}
        as order_item_key,
    lines.order_key,
    lines.account_id,
    lines.line_item_id,
    lines.product_id,
    lines.variation_id,
    {{ surrogate_key(
        "'woocommerce'",
        'lines.account_id',
        "coalesce(lines.variation_id, lines.product_id, 'custom')"
    ) }} as product_key,
    coalesce(lines.parent_name, lines.line_name) as product_title,
    -- a variation is named after its product: `Cap - Blue`
    case
        when lines.variation_id is not null and lines.line_name like lines.parent_name || ' - %'
            then substr(lines.line_name, length(lines.parent_name) + 4)
    end as variant_title,
    lines.sku,
    lines.barcode,
    lines.tax_class,
    lines.quantity,
    cast(lines.quantity + coalesce(refunded.quantity, 0) as bigint) as current_quantity,
    lines.subtotal_amount,
    lines.subtotal_tax_amount,
    lines.total_amount,
    lines.tax_amount,
    lines.price,
    -- as shown to buyers, before coupons
    round(
        (lines.subtotal_amount + case when lines.is_tax_included then lines.subtotal_tax_amount else 0 end)
        / nullif(lines.quantity, 0),
        cast(lines.price_decimals as integer)
    ) as unit_price,
    lines.currency_code,
    lines.tax_lines,
    lines.meta_data,
    lines.observed_at,
    lines._dlt_load_id
from lines
left join refunded on lines.order_key = refunded.order_key and lines.line_item_id = refunded.refunded_item_id
