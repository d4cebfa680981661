{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'locations'},
        'group_by': ['location_key'],
        'native_id': 'location_id',
    },
    indexes=[{'columns': ['location_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'locations') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as location_key,
    documents.account_id,
    documents.id as location_id,
    location.name as location_name,
    {{ json_text('location.address', 'countryCode') }} as country_code,
    {{ json_text('location.address', 'provinceCode') }} as province_code,
    {{ json_text('location.address', 'city') }} as city,
    {{ json_text('location.address', 'zip') }} as zip,
    documents.is_deleted,
    {{ to_boolean('location."isActive"') }} as is_active,
    {{ to_boolean('location."fulfillsOnlineOrders"') }} as is_fulfilling_online_orders,
    {{ to_timestamp('location."createdAt"') }} as created_at,
    {{ to_timestamp('location."updatedAt"') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'location', {
    'name': 'text',
    'address': 'jsonb',
    'isActive': 'text',
    'fulfillsOnlineOrders': 'text',
    'createdAt': 'text',
    'updatedAt': 'text',
}) }}
