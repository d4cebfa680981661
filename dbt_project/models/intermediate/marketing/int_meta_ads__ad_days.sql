select
    account_key,
    account_id,
    date_day,
    first_observed_at,
    observed_at
from {{ ref('stg_meta_ads__insights') }}
where not is_deleted and date_day is not null
