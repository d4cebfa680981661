-- The ledger's rows as Shopify books them: numbers are signed as sent, dates follow the agreement.
with typed as (
    select
        sales.*,
        case sales.agreement_type
            when 'OrderAgreement' then 'order'
            when 'OrderEditAgreement' then 'edit'
            when 'ReturnAgreement' then 'return'
            when 'RefundAgreement' then 'refund'
            else 'adjustment'
        end as event_type,
        -- a kind of event or line never seen before still counts, as an adjustment, and fails a check
        case
            when
                coalesce(sales.agreement_type, '') not in (
                    'OrderAgreement', 'OrderEditAgreement', 'ReturnAgreement', 'RefundAgreement'
                )
                or coalesce(sales.agreement_reason, '') not in ('ORDER', 'ORDER_EDIT', 'RETURN', 'REFUND')
                then 'adjustment'
            when sales.line_type = 'PRODUCT' then 'product'
            when sales.line_type = 'GIFT_CARD' then 'gift_card'
            when sales.line_type = 'SHIPPING' then 'shipping'
            when sales.line_type = 'DUTY' then 'duty'
            when sales.line_type in ('FEE', 'ADDITIONAL_FEE') then 'fee'
            when sales.line_type = 'TIP' then 'tip'
            else 'adjustment'
        end as ledger_line_type
    from {{ ref('stg_shopify__order_sales') }} as sales
)

select
    typed.sale_key,
    orders.store_key,
    typed.order_key,
    lines.order_item_key,
    case when typed.ledger_line_type in ('product', 'gift_card') then lines.product_key end as product_key,
    orders.identity_key,
    typed.event_type,
    typed.ledger_line_type as line_type,
    orders.counts_as_sale,
    typed.quantity,
    typed.total_amount - typed.tax_amount + typed.discount_amount as gross_amount,
    typed.discount_amount,
    typed.total_amount - typed.tax_amount as net_amount,
    typed.tax_amount,
    typed.total_amount,
    orders.currency_code,
    typed.presentment_total_amount - typed.presentment_tax_amount + typed.presentment_discount_amount
        as presentment_gross_amount,
    typed.presentment_discount_amount,
    typed.presentment_total_amount - typed.presentment_tax_amount as presentment_net_amount,
    typed.presentment_tax_amount,
    typed.presentment_total_amount,
    typed.presentment_currency_code,
    typed.happened_at,
    {{ local_date('typed.happened_at', 'orders.time_zone_name') }} as booked_date,
    orders.order_date,
    typed.observed_at
from typed
inner join {{ ref('int_shopify__orders') }} as orders on typed.order_key = orders.order_key
left join {{ ref('stg_shopify__order_lines') }} as lines on typed.order_item_key = lines.order_item_key
where
    not orders.is_test
    and not orders.is_deleted
    -- without id, amount or date a sale cannot be booked; the order's total then fails its identity
    and typed.sale_key is not null
    and typed.happened_at is not null
    and typed.total_amount is not null
    and typed.tax_amount is not null
    and typed.discount_amount is not null
