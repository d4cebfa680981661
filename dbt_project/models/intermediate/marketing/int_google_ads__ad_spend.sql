-- What each ad cost, and what is left of a campaign's total beyond its ads: Performance Max has none.
select
    account_key,
    account_id,
    date_day,
    {{ entity_key('google_ads', 'campaign', 'campaign_id') }} as campaign_key,
    campaign_id,
    ad_group_id,
    ad_id,
    impressions,
    clicks,
    spend_amount,
    cast(null as text) as currency_code,
    observed_at
from {{ ref('stg_google_ads__ad_report_rows') }}
where not is_campaign_total
union all
select
    account_key,
    account_id,
    date_day,
    {{ entity_key('google_ads', 'campaign', 'campaign_id') }} as campaign_key,
    campaign_id,
    cast(null as text) as ad_group_id,
    cast(null as text) as ad_id,
    cast(impressions as bigint) as impressions,
    cast(clicks as bigint) as clicks,
    spend_amount,
    cast(null as text) as currency_code,
    observed_at
from (
    {{ google_ads_remainders(
        ref('stg_google_ads__ad_report_rows'),
        ['account_key', 'account_id', 'date_day', 'campaign_id'],
        ['impressions', 'clicks', 'spend_amount'],
    ) }}
) as remainders
