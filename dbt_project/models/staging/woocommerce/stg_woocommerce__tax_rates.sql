{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'taxes'},
        'group_by': ['tax_rate_key'],
        'native_id': 'tax_rate_id',
    },
    indexes=[{'columns': ['tax_rate_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'taxes') }}
)

select
    {{ surrogate_key("'woocommerce'", 'documents.account_id', 'documents.id') }} as tax_rate_key,
    documents.account_id,
    documents.id as tax_rate_id,
    nullif(rate.country, '') as country_code,
    nullif(rate.state, '') as province_code,
    rate.name as tax_rate_name,
    rate.class as tax_class,
    documents.is_deleted,
    {{ to_boolean('rate.compound') }} as is_compound,
    {{ to_boolean('rate.shipping') }} as is_for_shipping,
    {{ to_numeric('rate.rate') }} as rate_percent,
    {{ to_integer('rate.priority') }} as priority,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'rate', {
    'country': 'text',
    'state': 'text',
    'name': 'text',
    'class': 'text',
    'compound': 'text',
    'shipping': 'text',
    'rate': 'text',
    'priority': 'text',
}) }}
