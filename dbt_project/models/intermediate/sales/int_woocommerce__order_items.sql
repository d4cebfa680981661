-- Order lines under the names that every platform shares; what they earned comes from the ledger.
with lines as (
    select * from {{ ref('stg_woocommerce__order_lines') }}
)

select
    order_item_key,
    order_key,
    product_key,
    line_item_id as order_item_id,
    product_id,
    variation_id as variant_id,
    product_title,
    variant_title,
    sku,
    cast(null as text) as vendor,
    false as is_gift_card,
    quantity as line_quantity,
    current_quantity,
    unit_price,
    currency_code,
    observed_at
from lines
where order_item_key is not null
