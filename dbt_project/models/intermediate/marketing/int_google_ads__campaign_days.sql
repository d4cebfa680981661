-- No import CTE: looked up by key.
select
    campaign_key,
    account_key,
    account_id,
    date_day,
    campaign_id,
    campaign_name,
    observed_at
from {{ ref('stg_google_ads__campaign_days') }}
union all
select
    campaign_key,
    account_key,
    account_id,
    date_day,
    campaign_id,
    campaign_name,
    observed_at
from {{ ref('stg_google_ads__conversion_campaign_days') }}
