-- Money that moved, one row per order: summed before any join, or two gateways would double the order.
with transactions as (
    select * from {{ ref('stg_shopify__order_transactions') }}
)

select
    order_key,
    sum(
        case
            when kind in ('SALE', 'CAPTURE') then amount
            when kind = 'CHANGE' then -amount
            else 0
        end
    ) as paid_amount,
    sum(case when kind = 'REFUND' then amount else 0 end) as refunded_amount
from transactions
where status = 'SUCCESS' and not coalesce(is_test, false)
group by order_key
