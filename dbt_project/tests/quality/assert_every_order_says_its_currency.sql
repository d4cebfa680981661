-- These orders are booked in the site's currency, or in none where the site has none either.
{{ config(severity='warn') }}

select order_key, account_id, order_name, sent_currency_code, currency_code
from {{ rows_in_scope('stg_woocommerce__orders') }} as orders
where
    not is_deleted
    and (currency_code = 'XXX' or upper(trim(coalesce(sent_currency_code, ''))) <> currency_code)
