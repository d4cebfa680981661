-- Orders with the person they belong to and the store's local day they were placed on.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    order_key,
    store_key,
    -- guests are one person per e-mail; without one, each order is somebody new
    coalesce(
        {{ surrogate_key("'shopify'", 'account_id', 'customer_id') }},
        {{ surrogate_key("'shopify'", 'account_id', "'email:' || nullif(email, '')") }},
        {{ surrogate_key("'shopify'", 'account_id', "'guest:' || order_id") }}
    ) as customer_key,
    account_id,
    order_id,
    order_name,
    customer_id,
    nullif(email, '') as email,
    time_zone_name,
    financial_status,
    fulfillment_status,
    return_status,
    cancel_reason,
    source_name,
    shipping_country_code,
    shipping_province_code,
    discount_codes,
    is_deleted,
    is_test,
    true as counts_as_sale,
    is_placed and not is_deleted as is_placed,
    cancelled_at is not null as is_cancelled,
    coalesce(is_edited, false) as is_edited,
    current_total_amount as platform_total_amount,
    refund_discrepancy_amount as platform_discrepancy_amount,
    false as is_adjustment_in_total,
    currency_code,
    presentment_currency_code,
    -- imports and tills learn of an order later than it was placed: the vendor books by processedAt
    coalesce(processed_at, created_at) as placed_at,
    {{ local_date('coalesce(processed_at, created_at)', 'time_zone_name') }} as order_date,
    created_at,
    updated_at,
    cancelled_at,
    observed_at
from {{ ref('stg_shopify__orders') }}
where coalesce(processed_at, created_at) is not null and currency_code is not null
