-- After a change of the var `reporting_currency` the rates are those of the old one until they are built.
{{ config(meta=shown_at('dim_exchange_rate')) }}
{{ after_publication() }}

select date_day, reporting_currency_code
from {{ ref('dim_exchange_rate') }}
where currency_code = 'EUR' and reporting_currency_code <> '{{ var("reporting_currency") }}'
