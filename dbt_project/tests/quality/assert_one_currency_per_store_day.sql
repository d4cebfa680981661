-- A store that changes its currency has days whose amounts must not be added up.
{{ config(severity='warn') }}

select store_key, booked_date
from {{ rows_in_scope('fct_sales') }} as sales
group by store_key, booked_date
having count(distinct currency_code) > 1
