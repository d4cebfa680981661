{{ config(
    meta={
        'raw': {'platform': 'ecb', 'resource': 'exchange_rates'},
        'group_by': ['fixing_key'],
        'native_id': 'fixing_id',
        'touches': [
            {'grain': 'fixing', 'keys': [['fixing_key']]},
            {
                'grain': 'rate_day',
                'keys': [['base_currency_code', 'fixing_date']],
                'through_days': rate_is_carried_days(),
                'compare': ['account_id', 'base_currency_code', 'fixing_date', 'currency_code', 'rate'],
            },
        ],
    },
    indexes=[{'columns': ['fixing_key']}, {'columns': ['fixing_date']}],
) }}

with documents as (
    {{ latest_documents('ecb', 'exchange_rates') }}
)

select
    {{ surrogate_key("'ecb'", 'documents.account_id', 'documents.id') }} as fixing_key,
    documents.account_id,
    documents.id as fixing_id,
    {{ to_date('fixing.date') }} as fixing_date,
    'EUR' as base_currency_code,
    rates.name as currency_code,
    rates.value as sent_rate,
    -- a price of zero or less is no price
    case when {{ to_numeric('rates.value') }} > 0 then {{ to_numeric('rates.value') }} end as rate,
    documents.is_deleted,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'fixing', {'date': 'text', 'rates': 'jsonb'}) }}
-- kept without rates as well: a fixing that loses its rates replaces them
{{ unnest_json_fields('fixing.rates', 'rates') }}
