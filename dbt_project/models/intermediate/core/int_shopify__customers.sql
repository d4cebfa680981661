-- Customers the platform knows by id; guests exist through their orders alone.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    customer_key as identity_key,
    store_key,
    account_id,
    customer_id,
    display_name as customer_name,
    email,
    country_code,
    currency_code,
    is_deleted,
    created_at,
    updated_at,
    observed_at
from {{ ref('stg_shopify__customers') }}
