{#- A view: no mart holds these, and nobody pays for what nobody looks at. -#}
{{ config(materialized='view') }}

with documents as (
    {{ latest_documents('meta_ads', 'ad_sets') }}
)

select
    {{ entity_key('meta_ads', 'ad_set', 'documents.id', 'documents.account_id') }} as ad_set_key,
    {{ account_key('meta_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as ad_set_id,
    ad_set.campaign_id,
    ad_set.name as ad_set_name,
    coalesce(ad_set.effective_status, ad_set.status) as status,
    {{ to_timestamp('ad_set.created_time') }} as created_at,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'ad_set', {
    'campaign_id': 'text', 'name': 'text', 'status': 'text', 'effective_status': 'text', 'created_time': 'text',
}) }}
