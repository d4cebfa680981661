-- Nobody is asked for campaigns here: they are known by the reports that name them.
select
    campaign_key,
    account_key,
    account_id,
    campaign_id,
    campaign_name,
    cast(null as text) as campaign_kind,
    cast(null as text) as status,
    false as is_deleted,
    observed_at
from {{ ref('stg_tiktok_ads__campaign_days') }}
where false
