{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'products'},
        'grain': 'account',
        'consumes': {'stg_shopify__shops': []},
        'group_by': ['product_parent_key'],
        'native_id': 'product_id',
        'touches': [{'grain': 'product_parent', 'keys': [['product_parent_key']]}],
    },
    indexes=[{'columns': ['product_parent_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'products') }}
),

-- prices are sent without a currency: they are in the shop's
shops as (
    select * from {{ ref('stg_shopify__shops') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as product_parent_key,
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as product_id,
    product.title,
    product.handle,
    product.vendor,
    product."productType" as product_type,
    lower(product.status) as status,
    shops.currency_code,
    product.tags,
    product.variants,
    documents.is_deleted,
    {{ to_boolean('product."isGiftCard"') }} as is_gift_card,
    {{ to_timestamp('product."createdAt"') }} as created_at,
    {{ to_timestamp('product."updatedAt"') }} as updated_at,
    {{ to_timestamp('product."publishedAt"') }} as published_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
left join shops on documents.account_id = shops.account_id
{{ unpack_document('documents.document', 'product', {
    'title': 'text',
    'handle': 'text',
    'vendor': 'text',
    'productType': 'text',
    'status': 'text',
    'tags': 'jsonb',
    'variants': 'jsonb',
    'isGiftCard': 'text',
    'createdAt': 'text',
    'updatedAt': 'text',
    'publishedAt': 'text',
}) }}
