-- Days of a store that sold in several currencies (a multi-currency plugin, a changed setting): their amounts
-- in the store's currency add up unlike things. The amounts in the reporting currency are right.
{{ config(meta=shown_at('fct_sales')) }}
{{ after_publication() }}

select store_key, booked_date
from {{ rows_in_scope('fct_sales') }} as sales
where counts_as_sale
group by store_key, booked_date
having count(distinct currency_code) > 1
