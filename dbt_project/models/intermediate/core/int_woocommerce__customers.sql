-- Accounts of the site; guests exist through their orders alone.
with customers as (
    select * from {{ ref('stg_woocommerce__customers') }}
)

select
    customer_key,
    store_key,
    account_id,
    customer_id,
    display_name as customer_name,
    email,
    country_code,
    currency_code,
    is_deleted,
    created_at,
    observed_at
from customers
