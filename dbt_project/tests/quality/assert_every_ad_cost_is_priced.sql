-- Advertising in a currency without a fixing in the seven days before it has no amount in reporting money:
-- never one at a rate of 1. It is priced as soon as a fixing is there.
{{ config(meta=shown_at('fct_ad_spend')) }}
{{ after_publication() }}

select
    currency_code,
    min(date_day) as first_day,
    max(date_day) as last_day,
    count(distinct date_day) as days,
    case
        when currency_code = 'XXX' then 'the account never said its currency: load it again'
        when exists (
            select 1
            from {{ ref('dim_exchange_rate') }} as rates
            where rates.currency_code = unpriced.currency_code
        ) then 'load the rates of these days: python -m loaders ecb'
        else 'no rate of this currency was ever loaded: the ECB may publish none'
    end as what_to_do
from {{ rows_in_scope('fct_ad_spend') }} as unpriced
where spend_amount is not null and exchange_rate_date is null
group by currency_code
