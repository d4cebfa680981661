-- What TikTok credits to each ad, by metric, under the account's own attribution window. No import CTE:
-- looked up by day.
select
    stats.account_key,
    stats.account_id,
    stats.date_day,
    {{ entity_key('tiktok_ads', 'campaign', 'stats.campaign_id', 'stats.account_id') }} as campaign_key,
    stats.campaign_id,
    stats.ad_group_id,
    stats.ad_id,
    types.action_type,
    cast(null as text) as action_name,
    types.action_group,
    types.priority,
    'default' as attribution_window,
    -- on the day of the click or view; what TikTok books by the conversion's is called real-time there
    'touch' as booked_by,
    types.action_group <> 'other' as is_default,
    case when types.action_type = 'complete_payment' then stats.payments else stats.conversions end
        as claimed_count,
    case when types.action_type = 'complete_payment' then stats.payments_value end as claimed_value,
    stats.currency_code,
    stats.observed_at
from {{ ref('stg_tiktok_ads__ad_report_rows') }} as stats
cross join ({{ action_types(tiktok_ads_action_groups()) }}) as types
