with sites as (
    select * from {{ ref('stg_woocommerce__settings') }}
)

select
    store_key,
    account_id,
    store_name,
    domain,
    currency_code,
    time_zone_name,
    sent_time_zone_name,
    is_tax_included,
    -- nobody at a site knows when it was opened
    cast(null as timestamptz) as created_at,
    observed_at
from sites
