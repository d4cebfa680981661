-- What ads did and what is credited to them are two documents of a day.
select
    account_key,
    account_id,
    date_day,
    impressions,
    clicks,
    spend_amount,
    cast(null as numeric) as claimed_count,
    cast(null as numeric) as claimed_value,
    observed_at,
    _dlt_load_id
from {{ ref('stg_google_ads__ad_report_versions') }}
where date_day is not null
union all
select
    account_key,
    account_id,
    date_day,
    cast(null as bigint) as impressions,
    cast(null as bigint) as clicks,
    cast(null as numeric) as spend_amount,
    claimed_count,
    claimed_value,
    observed_at,
    _dlt_load_id
from {{ ref('stg_google_ads__conversion_report_versions') }}
where date_day is not null
