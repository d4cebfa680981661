-- What links WooCommerce's accounts with addresses. No import CTE: looked up by key.
select
    customer_key,
    email_key,
    account_id,
    customer_id,
    email,
    first_observed_at,
    created_at
from {{ ref('stg_woocommerce__customer_emails') }}
