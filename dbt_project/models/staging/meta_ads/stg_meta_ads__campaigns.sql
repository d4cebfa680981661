{{ config(
    meta={
        'raw': {'platform': 'meta_ads', 'resource': 'campaigns'},
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
    {{ latest_documents('meta_ads', 'campaigns') }}
)

select
    {{ entity_key('meta_ads', 'campaign', 'documents.id', 'documents.account_id') }} as campaign_key,
    {{ account_key('meta_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as campaign_id,
    campaign.name as campaign_name,
    campaign.objective as campaign_kind,
    coalesce(campaign.effective_status, campaign.status) as status,
    {{ to_timestamp('campaign.created_time') }} as created_at,
    documents.is_deleted,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'campaign', {
    'name': 'text', 'objective': 'text', 'status': 'text', 'effective_status': 'text', 'created_time': 'text',
}) }}
