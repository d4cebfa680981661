select
    account_key,
    account_id,
    date_day,
    impressions,
    clicks,
    spend_amount,
    claimed_count,
    claimed_value,
    observed_at,
    _dlt_load_id
from {{ ref('stg_tiktok_ads__ad_report_versions') }}
where date_day is not null
