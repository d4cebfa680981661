-- Gone or not: what was spent keeps its currency and its days.
select
    account_key,
    account_id,
    ad_account_id as native_account_id,
    account_name,
    currency_code,
    time_zone_name,
    sent_time_zone_name,
    observed_at
from {{ ref('stg_meta_ads__ad_accounts') }}
