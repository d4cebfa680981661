{{ config(
    meta={
        'raw': {'platform': 'ga4', 'resource': 'properties'},
        'grain': 'ad_account',
        'group_by': ['account_key'],
        'native_id': 'property_id',
        'touches': [{
            'grain': 'ad_account',
            'keys': [['account_key']],
            'compare': ['account_key', 'currency_code', 'time_zone_name'],
        }],
    },
    indexes=[{'columns': ['account_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('ga4', 'properties') }}
)

select
    {{ account_key('ga4', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as property_id,
    {{ to_currency('property."currencyCode"') }} as currency_code,
    {{ known_time_zone('property."timeZone"') }} as time_zone_name,
    property."timeZone" as sent_time_zone_name,
    documents.is_deleted,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'property', {'currencyCode': 'text', 'timeZone': 'text'}) }}
