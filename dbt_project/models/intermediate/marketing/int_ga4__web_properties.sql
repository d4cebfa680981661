-- Gone or not: visits keep their currency and their days.
select
    account_key,
    account_id,
    property_id as native_account_id,
    -- the reporting interface does not say what a property is called
    cast(null as text) as account_name,
    currency_code,
    time_zone_name,
    sent_time_zone_name,
    observed_at
from {{ ref('stg_ga4__properties') }}
