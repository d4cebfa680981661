{{ config(
    meta={
        'raw': {'platform': 'tiktok_ads', 'resource': 'advertisers'},
        'grain': 'ad_account',
        'group_by': ['account_key'],
        'native_id': 'advertiser_id',
        'touches': [{
            'grain': 'ad_account',
            'keys': [['account_key']],
            'compare': ['account_key', 'currency_code', 'time_zone_name'],
        }],
    },
    indexes=[{'columns': ['account_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('tiktok_ads', 'advertisers') }}
)

select
    {{ account_key('tiktok_ads', 'documents.account_id') }} as account_key,
    documents.account_id,
    documents.id as advertiser_id,
    advertiser.name as account_name,
    {{ to_currency('advertiser.currency') }} as currency_code,
    {{ known_time_zone('coalesce(advertiser.display_timezone, advertiser.timezone)') }} as time_zone_name,
    coalesce(advertiser.display_timezone, advertiser.timezone) as sent_time_zone_name,
    advertiser.status,
    documents.is_deleted,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'advertiser', {
    'name': 'text', 'currency': 'text', 'timezone': 'text', 'display_timezone': 'text', 'status': 'text',
}) }}
