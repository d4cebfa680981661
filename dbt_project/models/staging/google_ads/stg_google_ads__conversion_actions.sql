{#- A view: no mart holds these, and nobody pays for what nobody looks at. -#}
{{ config(materialized='view') }}

with documents as (
    {{ latest_documents('google_ads', 'conversion_actions') }}
)

select
    {{ entity_key('google_ads', 'conversion_action', 'documents.id', 'documents.account_id') }}
        as conversion_action_key,
    {{ account_key('google_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as conversion_action_id,
    {{ json_text('sent."conversionAction"', 'name') }} as conversion_action_name,
    {{ json_text('sent."conversionAction"', 'category') }} as category,
    {{ json_text('sent."conversionAction"', 'type') }} as conversion_action_kind,
    {{ json_text('sent."conversionAction"', 'status') }} as status,
    {{ json_text('sent."conversionAction"', 'countingType') }} as counting_type,
    {{ to_boolean(json_text('sent."conversionAction"', 'primaryForGoal')) }} as is_primary_for_goal,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'sent', {'conversionAction': 'jsonb'}) }}
