{#- A view: no mart holds these, and nobody pays for what nobody looks at. -#}
{{ config(materialized='view') }}

with documents as (
    {{ latest_documents('meta_ads', 'ads') }}
)

select
    {{ entity_key('meta_ads', 'ad', 'documents.id', 'documents.account_id') }} as ad_key,
    {{ account_key('meta_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as ad_id,
    ad.campaign_id,
    ad.adset_id as ad_set_id,
    ad.name as ad_name,
    coalesce(ad.effective_status, ad.status) as status,
    {{ to_timestamp('ad.created_time') }} as created_at,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'ad', {
    'campaign_id': 'text', 'adset_id': 'text', 'name': 'text', 'status': 'text', 'effective_status': 'text',
    'created_time': 'text',
}) }}
