select
    account_key,
    account_id,
    date_day,
    {{ entity_key('tiktok_ads', 'campaign', 'campaign_id') }} as campaign_key,
    campaign_id,
    ad_group_id,
    ad_id,
    impressions,
    clicks,
    spend_amount,
    currency_code,
    observed_at
from {{ ref('stg_tiktok_ads__ad_report_rows') }}
