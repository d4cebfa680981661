{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'inventory_items'},
        'group_by': ['inventory_item_key'],
        'native_id': 'inventory_item_id',
        'touches': [{'grain': 'inventory_item', 'keys': [['inventory_item_key']]}],
    },
    indexes=[{'columns': ['inventory_item_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'inventory_items') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as inventory_item_key,
    documents.account_id,
    documents.id as inventory_item_id,
    item.sku,
    item."inventoryLevels" as inventory_levels,
    documents.is_deleted,
    {{ to_boolean('item.tracked') }} as is_tracked,
    {{ to_boolean('item."requiresShipping"') }} as is_shipped,
    {{ to_numeric(json_text('item."unitCost"', 'amount')) }} as unit_cost,
    {{ json_text('item."unitCost"', 'currencyCode') }} as currency_code,
    {{ to_timestamp('item."createdAt"') }} as created_at,
    {{ to_timestamp('item."updatedAt"') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'item', {
    'sku': 'text',
    'inventoryLevels': 'jsonb',
    'tracked': 'text',
    'requiresShipping': 'text',
    'unitCost': 'jsonb',
    'createdAt': 'text',
    'updatedAt': 'text',
}) }}
