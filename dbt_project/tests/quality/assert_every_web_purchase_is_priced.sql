-- Revenue as Google Analytics has it, in a currency without a fixing in the seven days before it.
{{ config(severity='warn') }}

select
    currency_code,
    min(date_day) as first_day,
    max(date_day) as last_day
from {{ rows_in_scope('fct_sessions') }} as sessions
where purchase_revenue <> 0 and reporting_purchase_revenue is null
group by currency_code
