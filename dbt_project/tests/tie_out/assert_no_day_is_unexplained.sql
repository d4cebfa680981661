-- Every closed day is what the platform's own report says, or the orders it is off by are named.
{{ config(meta=shown_at('fct_tie_out')) }}

select store_key, date_day, measure, ours, theirs, residual
from {{ ref('fct_tie_out') }}
where is_off and status = 'unexplained'
