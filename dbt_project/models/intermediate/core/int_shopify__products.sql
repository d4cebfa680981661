-- What can be sold: one row per variant.
with variants as (
    select * from {{ ref('stg_shopify__product_variants') }}
)

select
    product_key,
    store_key,
    account_id,
    product_id,
    variant_id,
    product_title,
    variant_title,
    sku,
    barcode,
    vendor,
    product_type,
    status,
    is_gift_card,
    is_deleted,
    price,
    compare_at_price,
    currency_code,
    created_at,
    observed_at
from variants
where product_key is not null
