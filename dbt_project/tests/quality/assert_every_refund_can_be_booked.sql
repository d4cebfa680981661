-- Without a readable amount a refund takes back nothing; without a date it happened when its order changed,
-- as far as anybody can tell.
{{ config(severity='warn') }}

select refund_key, order_key, refund_id, sent_amount, sent_created_at
from {{ rows_in_scope('stg_woocommerce__refunds') }} as refunds
where refund_key is null or sent_amount is null or sent_created_at is null
