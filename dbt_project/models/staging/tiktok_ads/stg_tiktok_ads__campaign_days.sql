{#- Which campaigns a day's report names: campaigns that are in no list any more are known by these alone. -#}
{{ config(
    meta={
        'grain': 'ad_report',
        'group_by': ['report_key'],
        'consumes': {'stg_tiktok_ads__ad_reports': []},
        'touches': [{
            'grain': 'campaign',
            'keys': [['campaign_key']],
            'compare': ['campaign_key', 'campaign_name', 'date_day', 'observed_at'],
        }],
    },
    indexes=[{'columns': ['report_key']}, {'columns': ['campaign_key', 'date_day']}],
) }}

select
    report_key,
    {{ entity_key('tiktok_ads', 'campaign', 'campaign_id') }} as campaign_key,
    account_key,
    account_id,
    date_day,
    campaign_id,
    max(campaign_name) as campaign_name,
    max(observed_at) as observed_at
from {{ ref('stg_tiktok_ads__ad_report_rows') }}
{{ only_touched('report_key', condition='campaign_id is not null', below=true) }}
group by report_key, account_key, account_id, date_day, campaign_id
