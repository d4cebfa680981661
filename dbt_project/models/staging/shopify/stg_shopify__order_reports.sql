{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'order_reports'},
        'group_by': ['order_report_key'],
        'native_id': 'report_id',
    },
    indexes=[{'columns': ['order_report_key'], 'unique': true}, {'columns': ['store_key', 'report_date']}],
) }}

with documents as (
    {{ latest_documents('shopify', 'order_reports') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as order_report_key,
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as report_id,
    {{ to_date('coalesce(report.day, documents.id)') }} as report_date,
    documents.is_deleted,
    -- whether the report itself says what it counts of each order
    coalesce({{ to_boolean('report."hasMeasures"') }}, false) as has_measures,
    report."currencyCode" as currency_code,
    report.orders,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'report', {
    'day': 'text',
    'currencyCode': 'text',
    'hasMeasures': 'text',
    'orders': 'jsonb',
}) }}
