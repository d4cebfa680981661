{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'campaign',
        'group_by': ['campaign_key'],
        'consumes': batches_of({
            'campaign_days': var('ad_platforms'),
            'ad_campaigns': var('ad_platforms'),
            'stores': var('platforms'),
        }),
        'finds': [{'grain': 'account', 'in': 'dim_campaign', 'by': ['account_id'], 'group': 'campaign_key'}],
        'touches': [{'grain': 'campaign', 'keys': [['campaign_key']]}],
    },
) }}

with wanted as (
    {% if is_incremental() %}
        select key as campaign_key from touched_groups
    {% else %}
        select campaign_key from {{ ref('int_ad_campaigns_unioned') }}
        union
        select campaign_key from {{ ref('int_campaign_days_unioned') }}
    {% endif %}
),

known as (
    select
        wanted.campaign_key,
        coalesce(listed.platform, last_seen.platform) as platform,
        coalesce(listed.account_key, last_seen.account_key) as account_key,
        coalesce(listed.account_id, last_seen.account_id) as account_id,
        coalesce(listed.campaign_id, last_seen.campaign_id) as campaign_id,
        coalesce(listed.campaign_name, last_seen.campaign_name) as campaign_name,
        listed.campaign_kind,
        listed.status,
        coalesce(listed.is_deleted, false) as is_deleted,
        listed.campaign_key is not null as is_listed,
        first_seen.date_day as first_day,
        last_seen.date_day as last_day,
        greatest(listed.observed_at, last_seen.observed_at) as observed_at
    from wanted
    left join {{ ref('int_ad_campaigns_unioned') }} as listed on wanted.campaign_key = listed.campaign_key
    left join lateral (
        select * from {{ ref('int_campaign_days_unioned') }} as days
        where days.campaign_key = wanted.campaign_key
        order by days.date_day desc, days.observed_at desc
        limit 1
    ) as last_seen on true
    left join lateral (
        select days.date_day from {{ ref('int_campaign_days_unioned') }} as days
        where days.campaign_key = wanted.campaign_key
        order by days.date_day
        limit 1
    ) as first_seen on true
)

select
    known.campaign_key,
    known.platform,
    known.account_key,
    known.account_id,
    {{ store_of_account('known.platform', 'known.account_id', 'names') }} as store_key,
    known.campaign_id,
    known.campaign_name,
    known.campaign_kind,
    {{ ad_channel_group('known.platform', 'known.campaign_kind') }} as channel_group,
    known.status,
    known.is_listed,
    known.is_deleted,
    known.first_day,
    known.last_day,
    known.observed_at
from known
left join {{ ref('int_store_names') }} as names on known.account_id = names.account_id
where known.platform is not null
