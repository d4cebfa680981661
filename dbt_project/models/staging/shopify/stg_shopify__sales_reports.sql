{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'sales_reports'},
        'group_by': ['sales_report_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'report', 'keys': [['sales_report_key']]},
            {'grain': 'store_day', 'keys': [['store_key', 'report_date']], 'through_days': report_tells_of_days()},
        ],
    },
    indexes=[{'columns': ['sales_report_key'], 'unique': true}, {'columns': ['store_key', 'report_date']}],
) }}

with documents as (
    {{ latest_documents('shopify', 'sales_reports') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as sales_report_key,
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as report_id,
    {{ to_date('coalesce(report.day, documents.id)') }} as report_date,
    documents.is_deleted,
    {{ to_integer(json_text('report.measures', 'orders')) }} as orders,
    {{ to_numeric(json_text('report.measures', 'gross_sales')) }} as gross_sales,
    {{ to_numeric(json_text('report.measures', 'discounts')) }} as discounts,
    {{ to_numeric(json_text('report.measures', 'sales_reversals')) }} as sales_reversals,
    {{ to_numeric(json_text('report.measures', 'net_sales')) }} as net_sales,
    {{ to_numeric(json_text('report.measures', 'shipping_charges')) }} as shipping_charges,
    {{ to_numeric(json_text('report.measures', 'taxes')) }} as taxes,
    {{ to_numeric(json_text('report.measures', 'duties')) }} as duties,
    {{ to_numeric(json_text('report.measures', 'additional_fees')) }} as additional_fees,
    {{ to_numeric(json_text('report.measures', 'total_sales')) }} as total_sales,
    report."currencyCode" as currency_code,
    report.measures,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'report', {
    'day': 'text',
    'currencyCode': 'text',
    'measures': 'jsonb',
}) }}
