-- What can be sold: one row per variation, or per product that has none.
with variations as (
    select * from {{ ref('stg_woocommerce__product_variations') }}
)

select
    product_key,
    store_key,
    account_id,
    product_id,
    variation_id as variant_id,
    product_title,
    variant_title,
    sku,
    barcode,
    vendor,
    category as product_type,
    status,
    -- WooCommerce sells none of its own; those of plugins are products like others
    false as is_gift_card,
    is_deleted,
    price,
    case when regular_price > price then regular_price end as compare_at_price,
    currency_code,
    created_at,
    observed_at
from variations
where product_key is not null
