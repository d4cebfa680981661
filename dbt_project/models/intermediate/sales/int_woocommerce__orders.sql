-- Orders with the identity they belong to and the store's local day they were placed on.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    order_key,
    store_key,
    identity_key,
    identity_type,
    account_id,
    order_id,
    order_id as web_order_id,
    order_name,
    customer_id,
    email,
    time_zone_name,
    -- the one status there is says what was paid and what was sent
    status as financial_status,
    cast(null as text) as fulfillment_status,
    cast(null as text) as return_status,
    cast(null as text) as cancel_reason,
    created_via as source_name,
    shipping_country_code,
    shipping_province_code,
    is_deleted,
    false as is_test,
    counts_as_sale,
    counts_as_sale and not is_empty and not is_deleted as is_placed,
    coalesce(status = 'cancelled', false) as is_cancelled,
    false as is_edited,
    total_amount as original_total_amount,
    -- `total` is what was ordered: refunds never change it, and none is booked beyond it
    coalesce(total_amount, 0) - case
        when is_empty or coalesce(total_amount, 0) <= 0 then refunded_amount
        else least(refunded_amount, total_amount)
    end as platform_total_amount,
    cast(null as numeric) as platform_discrepancy_amount,
    true as is_adjustment_in_total,
    currency_code,
    cast(null as text) as presentment_currency_code,
    coalesce(created_at, paid_at, updated_at) as placed_at,
    {{ local_date('coalesce(created_at, paid_at, updated_at)', 'time_zone_name') }} as order_date,
    created_at,
    updated_at,
    cast(null as timestamptz) as cancelled_at,
    first_observed_at,
    observed_at
from {{ ref('stg_woocommerce__orders') }}
where coalesce(created_at, paid_at, updated_at) is not null
