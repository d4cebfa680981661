{{ config(
    meta={
        'grain': 'product_parent',
        'group_by': ['product_parent_key'],
        'consumes': {'stg_woocommerce__products': []},
        'touches': [{'grain': 'product', 'keys': [['product_key']]}],
    },
    indexes=[{'columns': ['product_key']}, {'columns': ['product_parent_key']}],
) }}

with products as (
    select
        *,
        {{ json_has_objects('variation_documents') }} as has_variations
    from {{ ref('stg_woocommerce__products') }}
    {{ only_touched('product_parent_key') }}
)

select
    {{ surrogate_key("'woocommerce'", 'products.account_id', 'variation.id') }} as product_key,
    products.product_parent_key,
    products.store_key,
    products.account_id,
    products.product_id,
    variation.id as variation_id,
    products.title as product_title,
    {{ json_joined('variation.attributes', 'option', ' / ') }} as variant_title,
    nullif(variation.sku, '') as sku,
    nullif(variation.global_unique_id, '') as barcode,
    products.vendor,
    products.category,
    coalesce(variation.status, products.status) as status,
    products.is_deleted,
    {{ to_numeric('variation.price') }} as price,
    {{ to_numeric('variation.regular_price') }} as regular_price,
    {{ to_integer('variation.stock_quantity') }} as stock_quantity,
    products.currency_code,
    {{ to_utc('variation.date_created_gmt') }} as created_at,
    {{ to_utc('variation.date_modified_gmt') }} as updated_at,
    products.observed_at,
    products._dlt_load_id
from products
{{ unnest_json('products.variation_documents', 'variation', {
    'id': 'text',
    'attributes': 'jsonb',
    'sku': 'text',
    'global_unique_id': 'text',
    'status': 'text',
    'price': 'text',
    'regular_price': 'text',
    'stock_quantity': 'text',
    'date_created_gmt': 'text',
    'date_modified_gmt': 'text',
}) }}
union all
-- a product without variations is what is sold
select
    product_parent_key as product_key,
    product_parent_key,
    store_key,
    account_id,
    product_id,
    null as variation_id,
    title as product_title,
    null as variant_title,
    sku,
    barcode,
    vendor,
    category,
    status,
    is_deleted,
    price,
    regular_price,
    stock_quantity,
    currency_code,
    created_at,
    updated_at,
    observed_at,
    _dlt_load_id
from products
where not has_variations
