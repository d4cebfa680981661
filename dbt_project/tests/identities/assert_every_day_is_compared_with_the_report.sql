-- None of our days is missing in the tie-out, and what is compared there is what they say now.
{{ config(meta=shown_at('fct_tie_out')) }}
{{ after_the_tie_out() }}

with days as (
    {% for platform in var('platforms') %}
        select store_key, date_day, total_sales
        from {{ rows_in_scope(reported_mart(platform)) }} as days
        where {{ reported_days_only(platform) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select days.store_key, days.date_day, days.total_sales, figures.ours
from days
left join {{ ref('agg_tie_out_figures') }} as figures
    on
        days.store_key = figures.store_key
        and days.date_day = figures.date_day
        and figures.measure = 'total_sales'
where figures.ours is distinct from days.total_sales
