select
    account_key,
    account_id,
    date_day,
    first_observed_at,
    observed_at
from {{ ref('stg_tiktok_ads__ad_reports') }}
where not is_deleted and date_day is not null
