{{ config(
    meta={
        'raw': {'platform': 'google_ads', 'resource': 'campaigns'},
        'group_by': ['campaign_key'],
        'native_id': 'campaign_id',
        'touches': [
            {
                'grain': 'campaign',
                'keys': [['campaign_key']],
                'compare': [
                    'campaign_key', 'campaign_name', 'campaign_kind', 'status', 'is_deleted', 'observed_at',
                ],
            },
            {
                'grain': 'campaign_kind',
                'keys': [['campaign_key']],
                'compare': ['campaign_key', 'campaign_kind'],
            },
        ],
    },
    indexes=[{'columns': ['campaign_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('google_ads', 'campaigns') }}
)

select
    {{ entity_key('google_ads', 'campaign', 'documents.id', 'documents.account_id') }} as campaign_key,
    {{ account_key('google_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as campaign_id,
    {{ json_text('sent.campaign', 'name') }} as campaign_name,
    {{ json_text('sent.campaign', 'advertisingChannelType') }} as campaign_kind,
    {{ json_text('sent.campaign', 'advertisingChannelSubType') }} as campaign_sub_kind,
    {{ json_text('sent.campaign', 'status') }} as status,
    {{ json_text('sent.campaign', 'startDateTime') }} as sent_started_at,
    {{ json_text('sent.campaign', 'endDateTime') }} as sent_ended_at,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'sent', {'campaign': 'jsonb'}) }}
