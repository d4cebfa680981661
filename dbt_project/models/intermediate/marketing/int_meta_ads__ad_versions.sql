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
from {{ ref('stg_meta_ads__insight_versions') }}
where date_day is not null
