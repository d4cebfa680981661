{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'product',
        'group_by': ['product_key'],
        'consumes': dict(platform_batches(['products']), fct_order_items=[]),
    },
) }}

with products as (
    select * from {{ ref('int_products_unioned') }}
    {{ only_touched('product_key') }}
),

-- Sold, but not in the catalogue (any more): deleted before it was first read, or typed in by hand. An inner
-- join would make its sales vanish; it is kept under the name of its latest sale.
-- Only such products are looked for among the items: a product of the catalogue may have been sold for years.
unknown as (
    select
        sold.*,
        row_number() over (
            partition by sold.product_key
            order by sold.placed_at desc, sold.order_item_key desc
        ) as recency
    from {{ ref('fct_order_items') }} as sold
    {{ only_touched(
        'sold.product_key',
        condition='not exists (select 1 from products where products.product_key = sold.product_key)',
    ) }}
)

select
    product_key,
    platform,
    store_key,
    product_id,
    variant_id,
    product_title,
    variant_title,
    sku,
    barcode,
    vendor,
    product_type,
    case when is_deleted then 'deleted' else status end as status,
    is_gift_card,
    is_deleted,
    price,
    compare_at_price,
    currency_code,
    created_at
from products
union all
select
    product_key,
    platform,
    store_key,
    product_id,
    variant_id,
    case when coalesce(variant_id, product_id) is null then 'Custom or removed item' else product_title end
        as product_title,
    case when coalesce(variant_id, product_id) is not null then variant_title end as variant_title,
    case when coalesce(variant_id, product_id) is not null then sku end as sku,
    cast(null as text) as barcode,
    case when coalesce(variant_id, product_id) is not null then vendor end as vendor,
    cast(null as text) as product_type,
    case when coalesce(variant_id, product_id) is null then 'custom' else 'unknown' end as status,
    case when coalesce(variant_id, product_id) is null then false else is_gift_card end as is_gift_card,
    false as is_deleted,
    cast(null as numeric) as price,
    cast(null as numeric) as compare_at_price,
    currency_code,
    cast(null as timestamptz) as created_at
from unknown
where recency = 1
