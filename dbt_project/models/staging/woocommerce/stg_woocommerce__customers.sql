{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'customers'},
        'grain': 'account',
        'consumes': {'stg_woocommerce__settings': []},
        'group_by': ['customer_key'],
        'native_id': 'customer_id',
        'touches': [{'grain': 'identity', 'keys': [['customer_key']]}],
    },
    indexes=[{'columns': ['customer_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'customers') }}
),

sites as (
    select * from {{ ref('stg_woocommerce__settings') }}
)

select
    {{ surrogate_key("'woocommerce'", 'documents.account_id', 'documents.id') }} as customer_key,
    {{ surrogate_key("'woocommerce'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as customer_id,
    nullif(customer.first_name, '') as first_name,
    nullif(customer.last_name, '') as last_name,
    coalesce(
        nullif(trim(concat(customer.first_name, ' ', customer.last_name)), ''),
        nullif(trim(concat(
            {{ json_text('customer.billing', 'first_name') }},
            ' ',
            {{ json_text('customer.billing', 'last_name') }}
        )), ''),
        nullif(customer.username, '')
    ) as display_name,
    nullif(lower(trim(coalesce(
        nullif(customer.email, ''), {{ json_text('customer.billing', 'email') }}
    ))), '') as email,
    nullif({{ json_text('customer.billing', 'phone') }}, '') as phone,
    nullif({{ json_text('customer.billing', 'country') }}, '') as country_code,
    nullif({{ json_text('customer.billing', 'state') }}, '') as province_code,
    nullif({{ json_text('customer.billing', 'city') }}, '') as city,
    nullif({{ json_text('customer.billing', 'postcode') }}, '') as zip,
    customer.role,
    documents.is_deleted,
    {{ to_boolean('customer.is_paying_customer') }} as is_paying_customer,
    sites.currency_code,
    {{ to_utc('customer.date_created_gmt') }} as created_at,
    {{ to_utc('customer.date_modified_gmt') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
left join sites on documents.account_id = sites.account_id
{{ unpack_document('documents.document', 'customer', {
    'email': 'text',
    'first_name': 'text',
    'last_name': 'text',
    'username': 'text',
    'role': 'text',
    'billing': 'jsonb',
    'is_paying_customer': 'text',
    'date_created_gmt': 'text',
    'date_modified_gmt': 'text',
}) }}
