{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'customers'},
        'group_by': ['customer_key'],
        'native_id': 'customer_id',
        'touches': [{'grain': 'identity', 'keys': [['customer_key']]}],
    },
    indexes=[{'columns': ['customer_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'customers') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as customer_key,
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as customer_id,
    customer."firstName" as first_name,
    customer."lastName" as last_name,
    customer."displayName" as display_name,
    {{ normalised_email(json_text('customer."defaultEmailAddress"', 'emailAddress')) }} as email,
    {{ json_text('customer."defaultEmailAddress"', 'marketingState') }} as email_marketing_state,
    {{ json_text('customer."defaultPhoneNumber"', 'phoneNumber') }} as phone,
    {{ json_text('customer."defaultAddress"', 'countryCodeV2') }} as country_code,
    {{ json_text('customer."defaultAddress"', 'provinceCode') }} as province_code,
    {{ json_text('customer."defaultAddress"', 'city') }} as city,
    {{ json_text('customer."defaultAddress"', 'zip') }} as zip,
    customer.state,
    customer.tags,
    documents.is_deleted,
    {{ to_boolean('customer."taxExempt"') }} as is_tax_exempt,
    {{ to_boolean('customer."verifiedEmail"') }} as is_email_verified,
    {{ to_integer('customer."numberOfOrders"') }} as platform_order_count,
    {{ to_numeric(json_text('customer."amountSpent"', 'amount')) }} as platform_spent_amount,
    {{ json_text('customer."amountSpent"', 'currencyCode') }} as currency_code,
    {{ to_timestamp('customer."createdAt"') }} as created_at,
    {{ to_timestamp('customer."updatedAt"') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'customer', {
    'firstName': 'text',
    'lastName': 'text',
    'displayName': 'text',
    'defaultEmailAddress': 'jsonb',
    'defaultPhoneNumber': 'jsonb',
    'defaultAddress': 'jsonb',
    'state': 'text',
    'tags': 'jsonb',
    'taxExempt': 'text',
    'verifiedEmail': 'text',
    'numberOfOrders': 'text',
    'amountSpent': 'jsonb',
    'createdAt': 'text',
    'updatedAt': 'text',
}) }}
