{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'products'},
        'grain': 'account',
        'consumes': {'stg_woocommerce__settings': []},
        'group_by': ['product_parent_key'],
        'native_id': 'product_id',
        'touches': [{'grain': 'product_parent', 'keys': [['product_parent_key']]}],
    },
    indexes=[{'columns': ['product_parent_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'products') }}
),

-- prices are sent without a currency: they are in the site's
sites as (
    select * from {{ ref('stg_woocommerce__settings') }}
)

select
    {{ surrogate_key("'woocommerce'", 'documents.account_id', 'documents.id') }} as product_parent_key,
    {{ surrogate_key("'woocommerce'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as product_id,
    product.name as title,
    product.slug,
    {{ json_first('product.brands', 'name') }} as vendor,
    {{ json_first('product.categories', 'name') }} as category,
    {{ json_joined('product.categories', 'name', ', ') }} as categories,
    product.type as kind,
    product.status,
    nullif(product.sku, '') as sku,
    nullif(product.global_unique_id, '') as barcode,
    sites.currency_code,
    product.variation_documents,
    documents.is_deleted,
    {{ to_boolean('product.manage_stock') }} as is_stock_managed,
    {{ to_numeric('product.price') }} as price,
    {{ to_numeric('product.regular_price') }} as regular_price,
    {{ to_integer('product.stock_quantity') }} as stock_quantity,
    {{ to_utc('product.date_created_gmt') }} as created_at,
    {{ to_utc('product.date_modified_gmt') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
left join sites on documents.account_id = sites.account_id
{{ unpack_document('documents.document', 'product', {
    'name': 'text',
    'slug': 'text',
    'brands': 'jsonb',
    'categories': 'jsonb',
    'type': 'text',
    'status': 'text',
    'sku': 'text',
    'global_unique_id': 'text',
    'variation_documents': 'jsonb',
    'manage_stock': 'text',
    'price': 'text',
    'regular_price': 'text',
    'stock_quantity': 'text',
    'date_created_gmt': 'text',
    'date_modified_gmt': 'text',
}) }}
