-- A difference with a known cause is one to look at all the same.
{{ config(severity='warn', meta=shown_at('fct_tie_out')) }}

select store_key, date_day, measure, ours, theirs, residual
from {{ ref('fct_tie_out') }}
where is_off and status = 'explained'
