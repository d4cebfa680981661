{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'shop'},
        'grain': 'account',
        'group_by': ['store_key'],
        'native_id': 'shop_id',
        'touches': [
            {
                'grain': 'account',
                'keys': [['account_id']],
                'compare': ['account_id', 'time_zone_name', 'currency_code'],
            },
            {'grain': 'store', 'keys': [['store_key']], 'compare': ['store_key', 'currency_code']},
        ],
    },
    indexes=[{'columns': ['store_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'shop') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as shop_id,
    shop.name as store_name,
    shop."myshopifyDomain" as domain,
    shop."contactEmail" as contact_email,
    shop."currencyCode" as currency_code,
    {{ known_time_zone('shop."ianaTimezone"') }} as time_zone_name,
    shop."ianaTimezone" as sent_time_zone_name,
    {{ json_text('shop.plan', 'publicDisplayName') }} as plan_name,
    shop."accessScopes" as access_scopes,
    {{ to_boolean('shop."taxesIncluded"') }} as is_tax_included,
    documents.is_deleted,
    {{ to_timestamp('shop."createdAt"') }} as created_at,
    {{ to_timestamp('shop."updatedAt"') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'shop', {
    'name': 'text',
    'myshopifyDomain': 'text',
    'contactEmail': 'text',
    'currencyCode': 'text',
    'ianaTimezone': 'text',
    'plan': 'jsonb',
    'accessScopes': 'jsonb',
    'taxesIncluded': 'text',
    'createdAt': 'text',
    'updatedAt': 'text',
}) }}
