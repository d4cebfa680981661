{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'discount_codes'},
        'group_by': ['discount_key'],
        'native_id': 'discount_id',
        'touches': [{'grain': 'discount', 'keys': [['discount_key']]}],
    },
    indexes=[{'columns': ['discount_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'discount_codes') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as discount_key,
    documents.account_id,
    documents.id as discount_id,
    {{ json_text('discount.discount', '__typename') }} as discount_type,
    {{ json_text('discount.discount', 'title') }} as discount_title,
    lower({{ json_text('discount.discount', 'status') }}) as status,
    {{ json_text('discount.discount', 'summary') }} as summary,
    {{ json_value('discount.discount', 'codes') }} as codes,
    documents.is_deleted,
    {{ to_integer(json_text('discount.discount', 'asyncUsageCount')) }} as usage_count,
    {{ to_integer(json_text('discount.discount', 'usageLimit')) }} as usage_limit,
    {{ to_timestamp(json_text('discount.discount', 'startsAt')) }} as starts_at,
    {{ to_timestamp(json_text('discount.discount', 'endsAt')) }} as ends_at,
    {{ to_timestamp(json_text('discount.discount', 'createdAt')) }} as created_at,
    {{ to_timestamp(json_text('discount.discount', 'updatedAt')) }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'discount', {
    'discount': 'jsonb',
}) }}
