-- After a change of the var `reporting_currency` the amounts are still those of the old one until
-- `dbt build --full-refresh`.
{{ config(meta=shown_at('dim_exchange_rate')) }}
{{ after_publication() }}

select date_day, reporting_currency_code
from {{ ref('dim_exchange_rate') }}
where currency_code = 'EUR' and reporting_currency_code <> '{{ var("reporting_currency") }}'
