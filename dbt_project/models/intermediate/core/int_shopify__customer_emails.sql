-- What links Shopify's customers with addresses. No import CTE: looked up by key.
select
    customer_key,
    email_key,
    account_id,
    customer_id,
    email,
    first_observed_at,
    created_at
from {{ ref('stg_shopify__customer_emails') }}
