-- A sale in a currency without a fixing in the seven days before it has no amount in reporting money, and
-- neither has its day: never one at a rate of 1. It is priced as soon as a fixing is there.
{{ config(meta=shown_at('fct_sales')) }}
{{ after_publication() }}

with unpriced as (
    select currency_code, booked_date
    from {{ rows_in_scope('fct_sales') }} as sales
    where reporting_total_amount is null
)

select
    currency_code,
    min(booked_date) as first_day,
    max(booked_date) as last_day,
    count(distinct booked_date) as days,
    count(*) as sales,
    case
        when exists (
            select 1
            from {{ ref('dim_exchange_rate') }} as rates
            where rates.currency_code = unpriced.currency_code
        ) then 'load the rates of these days: python -m loaders ecb'
        else 'no rate of this currency was ever loaded: the ECB may publish none'
    end as what_to_do
from unpriced
group by currency_code
