-- A fixing without a date, or a rate that is no number above zero, prices nothing; this names it.
{{ config(severity='warn') }}

select fixing_key, fixing_id, fixing_date, currency_code, sent_rate
from {{ rows_in_scope('stg_ecb__exchange_rates') }} as rates
where not is_deleted and (fixing_date is null or rate is null)
