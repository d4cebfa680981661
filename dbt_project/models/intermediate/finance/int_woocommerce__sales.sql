-- The ledger of WooCommerce's orders: their lines when they were placed, what was given back when it was.
-- Each order and each refund ends with its own amount as sent: what the lines leave of it is booked beside
-- them. One window, no grouped join and no CTE: a daily run's orders are looked up by key through all of it.
select
    {{ surrogate_key("'woocommerce'", 'orders.account_id', "orders.order_id || ':' || entries.native_key") }}
        as sale_key,
    orders.store_key,
    entries.order_key,
    lines.order_item_key,
    case when entries.line_type = 'product' then coalesce(lines.product_key, entries.product_key) end
        as product_key,
    orders.identity_key,
    case when entries.refund_key is null then 'order' else 'refund' end as event_type,
    entries.line_type,
    orders.counts_as_sale,
    entries.quantity,
    entries.net_amount + entries.discount_amount as gross_amount,
    entries.discount_amount,
    entries.net_amount,
    entries.tax_amount,
    entries.net_amount + entries.tax_amount as total_amount,
    orders.currency_code,
    cast(null as numeric) as presentment_gross_amount,
    cast(null as numeric) as presentment_discount_amount,
    cast(null as numeric) as presentment_net_amount,
    cast(null as numeric) as presentment_tax_amount,
    cast(null as numeric) as presentment_total_amount,
    cast(null as text) as presentment_currency_code,
    coalesce(entries.happened_at, orders.placed_at) as happened_at,
    {{ local_date('coalesce(entries.happened_at, orders.placed_at)', 'orders.time_zone_name') }}
        as booked_date,
    orders.order_date,
    entries.observed_at
from (
    select
        order_key,
        refund_key,
        native_key,
        item_key,
        product_key,
        line_type,
        quantity,
        discount_amount,
        happened_at,
        observed_at,
        -- beside the goods of a refund: its net; a cent that the tax of an order was rounded by: its tax
        case when line_type <> 'adjustment' then net_amount when refund_key is null then 0 else left_over end
            as net_amount,
        case when line_type <> 'adjustment' then tax_amount when refund_key is null then left_over else 0 end
            as tax_amount,
        case
            when line_type <> 'adjustment' then true
            when refund_key is not null then left_over <> 0
            -- more than rounding can be is an error to be seen, not to be booked away
            else left_over <> 0 and abs(left_over) <= taxed_lines * power(0.1, price_decimals)
        end as is_booked
    from (
        select
            parts.*,
            sent_amount - sum(net_amount + tax_amount) over (partition by order_key, refund_key) as left_over,
            sum(case when tax_amount <> 0 then 1 else 0 end) over (partition by order_key, refund_key)
                as taxed_lines
        from {{ ref('int_woocommerce__sale_parts') }} as parts
    ) as summed
) as entries
inner join {{ ref('int_woocommerce__orders') }} as orders on entries.order_key = orders.order_key
left join {{ ref('stg_woocommerce__order_lines') }} as lines on entries.item_key = lines.order_item_key
where entries.is_booked and not orders.is_deleted
