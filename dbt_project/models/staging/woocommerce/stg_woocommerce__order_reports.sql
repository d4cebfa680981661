{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'order_reports'},
        'group_by': ['order_report_key'],
        'native_id': 'report_id',
    },
    indexes=[{'columns': ['order_report_key'], 'unique': true}, {'columns': ['store_key', 'report_date']}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'order_reports') }}
)

select
    {{ surrogate_key("'woocommerce'", 'documents.account_id', 'documents.id') }} as order_report_key,
    {{ surrogate_key("'woocommerce'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as report_id,
    {{ to_date('coalesce(report.day, documents.id)') }} as report_date,
    documents.is_deleted,
    report.rows as report_rows,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'report', {
    'day': 'text',
    'rows': 'jsonb',
}) }}
