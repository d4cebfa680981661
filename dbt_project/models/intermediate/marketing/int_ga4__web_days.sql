select
    account_key,
    account_id,
    date_day,
    is_sampled,
    is_thresholded,
    has_other_row,
    first_observed_at,
    observed_at
from {{ ref('stg_ga4__session_reports') }}
where not is_deleted and date_day is not null
