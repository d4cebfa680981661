-- A kind of agreement, reason or line never seen before is booked as an adjustment until somebody decides.
{{ config(severity='warn') }}

select sale_key, order_key, agreement_type, agreement_reason, line_type
from {{ rows_in_scope('stg_shopify__order_sales') }} as sales
where
    agreement_type not in ('OrderAgreement', 'OrderEditAgreement', 'ReturnAgreement', 'RefundAgreement')
    or agreement_reason not in ('ORDER', 'ORDER_EDIT', 'RETURN', 'REFUND')
    or line_type not in (
        'PRODUCT', 'GIFT_CARD', 'SHIPPING', 'DUTY', 'FEE', 'ADDITIONAL_FEE', 'TIP', 'ADJUSTMENT'
    )
    or agreement_type is null
    or agreement_reason is null
    or line_type is null
