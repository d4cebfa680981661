-- What can be sold: one row per variation, or per product that has none. A variation that moved to another
-- product is still in the old one's document until that is read again, and a restored site gives ids again:
-- what lives and was changed last is it.
with variations as (
    select
        *,
        row_number() over (
            partition by product_key
            order by
                is_deleted asc, updated_at desc nulls last, created_at desc nulls last, product_parent_key asc
        ) as recency
    from {{ ref('stg_woocommerce__product_variations') }}
    where product_key is not null
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
where recency = 1
