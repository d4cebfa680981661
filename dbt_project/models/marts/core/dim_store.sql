with stores as (
    select * from {{ ref('int_stores_unioned') }}
)

select
    store_key,
    platform,
    account_id,
    store_name,
    domain,
    currency_code,
    time_zone_name,
    time_zone_name = sent_time_zone_name as is_time_zone_known,
    is_tax_included,
    created_at,
    observed_at
from stores
