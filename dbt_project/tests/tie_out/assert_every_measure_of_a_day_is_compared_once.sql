-- One row per store, day and measure, and none of the days of the summary is missing.
{{ config(meta=shown_at('fct_tie_out')) }}
{{ after_publication() }}

with compared as (
    select store_key, date_day, count(*) as rows_found, count(distinct measure) as measures
    from {{ ref('fct_tie_out') }}
    group by store_key, date_day
)

select
    coalesce(compared.store_key, days.store_key) as store_key,
    coalesce(compared.date_day, days.date_day) as date_day
from compared
full outer join {{ ref('agg_daily_summary') }} as days
    on compared.store_key = days.store_key and compared.date_day = days.date_day
where compared.store_key is null or compared.rows_found <> compared.measures
