{{ config(
    meta={
        'raw': {'platform': 'meta_ads', 'resource': 'ad_accounts'},
        'grain': 'ad_account',
        'group_by': ['account_key'],
        'native_id': 'ad_account_id',
        'touches': [{
            'grain': 'ad_account',
            'keys': [['account_key']],
            'compare': ['account_key', 'currency_code', 'time_zone_name'],
        }],
    },
    indexes=[{'columns': ['account_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('meta_ads', 'ad_accounts') }}
)

select
    {{ account_key('meta_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as ad_account_id,
    account.name as account_name,
    {{ to_currency('account.currency') }} as currency_code,
    {{ known_time_zone('account.timezone_name') }} as time_zone_name,
    account.timezone_name as sent_time_zone_name,
    account.account_status as status,
    documents.is_deleted,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'account', {
    'name': 'text', 'currency': 'text', 'timezone_name': 'text', 'account_status': 'text',
}) }}
