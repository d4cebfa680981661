select
    account_key,
    account_id,
    date_day,
    {{ entity_key('meta_ads', 'campaign', 'campaign_id') }} as campaign_key,
    campaign_id,
    ad_set_id as ad_group_id,
    ad_id,
    impressions,
    clicks,
    spend_amount,
    currency_code,
    observed_at
from {{ ref('stg_meta_ads__insight_rows') }}
