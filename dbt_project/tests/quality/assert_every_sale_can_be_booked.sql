-- A sale without an id or a readable date or amount is left out of the ledger; this names it.
{{ config(severity='warn') }}

select sale_key, order_key, happened_at, total_amount, tax_amount, discount_amount
from {{ rows_in_scope('stg_shopify__order_sales') }} as sales
where
    sale_key is null
    or happened_at is null
    or total_amount is null
    or tax_amount is null
    or discount_amount is null
