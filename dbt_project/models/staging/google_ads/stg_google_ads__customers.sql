{{ config(
    meta={
        'raw': {'platform': 'google_ads', 'resource': 'customers'},
        'grain': 'ad_account',
        'group_by': ['account_key'],
        'native_id': 'customer_id',
        'touches': [{
            'grain': 'ad_account',
            'keys': [['account_key']],
            'compare': ['account_key', 'currency_code', 'time_zone_name'],
        }],
    },
    indexes=[{'columns': ['account_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('google_ads', 'customers') }}
)

select
    {{ account_key('google_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as customer_id,
    {{ json_text('sent.customer', 'descriptiveName') }} as account_name,
    {{ to_currency(json_text('sent.customer', 'currencyCode')) }} as currency_code,
    {{ known_time_zone(json_text('sent.customer', 'timeZone')) }} as time_zone_name,
    {{ json_text('sent.customer', 'timeZone') }} as sent_time_zone_name,
    {{ json_text('sent.customer', 'status') }} as status,
    {{ to_boolean(json_text('sent.customer', 'manager')) }} as is_manager,
    {{ to_boolean(json_text('sent.customer', 'testAccount')) }} as is_test,
    documents.is_deleted,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'sent', {'customer': 'jsonb'}) }}
