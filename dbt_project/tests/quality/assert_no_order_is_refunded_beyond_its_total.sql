-- What was given back beyond the order's total is not booked: it would be counted twice.
{{ config(severity='warn') }}

select refund_key, order_key, refund_id, amount, booked_amount
from {{ rows_in_scope('stg_woocommerce__refunds') }} as refunds
where booked_amount <> amount
