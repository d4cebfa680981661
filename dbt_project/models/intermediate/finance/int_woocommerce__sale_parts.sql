-- What orders and their refunds are made of, and last in each what it adds up to as sent (`sent_amount`).
select
    order_key,
    cast(null as text) as refund_key,
    'item:' || line_item_id as native_key,
    order_item_key as item_key,
    product_key,
    'product' as line_type,
    quantity,
    subtotal_amount - total_amount as discount_amount,
    total_amount as net_amount,
    tax_amount,
    cast(null as numeric) as sent_amount,
    cast(null as bigint) as price_decimals,
    cast(null as timestamptz) as happened_at,
    observed_at
from {{ ref('stg_woocommerce__order_lines') }}
where line_item_id is not null
union all
select
    order_key,
    cast(null as text) as refund_key,
    'shipping:' || shipping_line_id as native_key,
    cast(null as text) as item_key,
    cast(null as text) as product_key,
    'shipping' as line_type,
    cast(null as bigint) as quantity,
    0 as discount_amount,
    total_amount as net_amount,
    tax_amount,
    cast(null as numeric) as sent_amount,
    cast(null as bigint) as price_decimals,
    cast(null as timestamptz) as happened_at,
    observed_at
from {{ ref('stg_woocommerce__order_shipping_lines') }}
where shipping_line_id is not null
union all
select
    order_key,
    cast(null as text) as refund_key,
    'fee:' || fee_id as native_key,
    cast(null as text) as item_key,
    cast(null as text) as product_key,
    'fee' as line_type,
    cast(null as bigint) as quantity,
    0 as discount_amount,
    total_amount as net_amount,
    tax_amount,
    cast(null as numeric) as sent_amount,
    cast(null as bigint) as price_decimals,
    cast(null as timestamptz) as happened_at,
    observed_at
from {{ ref('stg_woocommerce__order_fees') }}
where fee_id is not null
union all
-- what the order adds up to, as sent
select
    order_key,
    cast(null as text) as refund_key,
    'rounding' as native_key,
    cast(null as text) as item_key,
    cast(null as text) as product_key,
    'adjustment' as line_type,
    cast(null as bigint) as quantity,
    0 as discount_amount,
    0 as net_amount,
    0 as tax_amount,
    coalesce(total_amount, 0) as sent_amount,
    price_decimals,
    cast(null as timestamptz) as happened_at,
    observed_at
from {{ ref('stg_woocommerce__orders') }}
union all
select
    order_key,
    refund_key,
    'refund:' || refund_id || ':' || refund_line_type || ':' || refund_line_id as native_key,
    case when refund_line_type = 'item' then refunded_item_key end as item_key,
    product_key,
    case when refund_line_type = 'item' then 'product' else refund_line_type end as line_type,
    case when refund_line_type = 'item' then quantity end as quantity,
    subtotal_amount - total_amount as discount_amount,
    total_amount as net_amount,
    tax_amount,
    cast(null as numeric) as sent_amount,
    cast(null as bigint) as price_decimals,
    refunded_at as happened_at,
    observed_at
from {{ ref('stg_woocommerce__refund_lines') }}
where refund_line_id is not null and refund_key is not null
union all
-- what a refund adds up to
select
    order_key,
    refund_key,
    'refund:' || refund_id || ':adjustment' as native_key,
    cast(null as text) as item_key,
    cast(null as text) as product_key,
    'adjustment' as line_type,
    cast(null as bigint) as quantity,
    0 as discount_amount,
    0 as net_amount,
    0 as tax_amount,
    -booked_amount as sent_amount,
    cast(null as bigint) as price_decimals,
    created_at as happened_at,
    observed_at
from {{ ref('stg_woocommerce__refunds') }}
where refund_id is not null
