{#- A view: no mart holds these, and nobody pays for what nobody looks at. -#}
{{ config(materialized='view') }}

with documents as (
    {{ latest_documents('google_ads', 'ad_groups') }}
)

select
    {{ entity_key('google_ads', 'ad_group', 'documents.id', 'documents.account_id') }} as ad_group_key,
    {{ account_key('google_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as ad_group_id,
    {{ json_text('sent.campaign', 'id') }} as campaign_id,
    {{ json_text('sent."adGroup"', 'name') }} as ad_group_name,
    {{ json_text('sent."adGroup"', 'type') }} as ad_group_kind,
    {{ json_text('sent."adGroup"', 'status') }} as status,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'sent', {'adGroup': 'jsonb', 'campaign': 'jsonb'}) }}
