{{ config(
    meta={
        'raw': {'platform': 'meta_ads', 'resource': 'insights'},
        'group_by': ['report_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'ad_report', 'keys': [['report_key']], 'compare': ['report_key', 'is_deleted', '_dlt_load_id']},
            {
                'grain': 'ad_day',
                'keys': [['account_key', 'date_day']],
                'compare': ['account_key', 'date_day', 'is_deleted', '_dlt_load_id'],
            },
        ],
    },
    indexes=[{'columns': ['report_key'], 'unique': true}, {'columns': ['account_key', 'date_day']}],
) }}

with documents as (
    {{ latest_documents('meta_ads', 'insights') }}
)

select
    {{ entity_key('meta_ads', 'ad_report', 'documents.id', 'documents.account_id') }} as report_key,
    {{ account_key('meta_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as report_id,
    {{ to_date('documents.id') }} as date_day,
    report.rows as report_rows,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'report', {'rows': 'jsonb'}) }}
