-- The primary key holds it; the test says it, and holds it on engines without constraints.
{{ config(meta=shown_at('agg_daily_summary')) }}
{{ after_publication() }}

select store_key, date_day
from {{ rows_in_scope('agg_daily_summary') }} as days
group by store_key, date_day
having count(*) > 1
