{{ config(
    meta={
        'grain': 'product_parent',
        'group_by': ['product_parent_key'],
        'consumes': {'stg_shopify__products': []},
        'touches': [{'grain': 'product', 'keys': [['product_key']]}],
    },
    indexes=[{'columns': ['product_key'], 'unique': true}, {'columns': ['product_parent_key']}],
) }}

with products as (
    select * from {{ ref('stg_shopify__products') }}
    {{ only_touched('product_parent_key') }}
)

select
    {{ surrogate_key("'shopify'", 'products.account_id', 'variant.id') }} as product_key,
    products.product_parent_key,
    products.store_key,
    products.account_id,
    variant.id as variant_id,
    products.product_id,
    {{ json_text('variant."inventoryItem"', 'id') }} as inventory_item_id,
    products.title as product_title,
    products.handle,
    products.vendor,
    products.product_type,
    products.status,
    variant.title as variant_title,
    variant.sku,
    variant.barcode,
    variant."selectedOptions" as selected_options,
    products.is_deleted,
    coalesce(products.is_gift_card, false) as is_gift_card,
    {{ to_boolean('variant.taxable') }} as is_taxable,
    {{ to_integer('variant.position') }} as variant_position,
    {{ to_numeric('variant.price') }} as price,
    {{ to_numeric('variant."compareAtPrice"') }} as compare_at_price,
    products.currency_code,
    {{ to_timestamp('variant."createdAt"') }} as created_at,
    {{ to_timestamp('variant."updatedAt"') }} as updated_at,
    products.observed_at,
    products._dlt_load_id
from products
{{ unnest_json('products.variants', 'variant', {
    'id': 'text',
    'title': 'text',
    'sku': 'text',
    'barcode': 'text',
    'selectedOptions': 'jsonb',
    'taxable': 'text',
    'position': 'text',
    'price': 'text',
    'compareAtPrice': 'text',
    'inventoryItem': 'jsonb',
    'createdAt': 'text',
    'updatedAt': 'text',
}) }}
