with days as (
    {{ dbt.date_spine(
        datepart='day',
        start_date="cast('" ~ var('calendar_start_date') ~ "' as date)",
        end_date="cast('" ~ (run_started_at.year + var('calendar_years_ahead')) ~ "-01-01' as date)",
    ) }}
),

dates as (
    select cast(date_day as date) as date_day from days
)

select
    date_day,
    cast({{ dbt.date_trunc('week', 'date_day') }} as date) as iso_week_start,
    cast(extract(isoyear from date_day) as integer) as iso_year,
    cast(extract(week from date_day) as integer) as iso_week,
    cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
    cast({{ dbt.date_trunc('quarter', 'date_day') }} as date) as quarter_start,
    cast(extract(year from date_day) as integer) as year,
    cast(extract(quarter from date_day) as integer) as quarter,
    cast(extract(month from date_day) as integer) as month,
    cast(extract(day from date_day) as integer) as day_of_month,
    cast({{ dbt.datediff("cast(" ~ dbt.date_trunc('week', 'date_day') ~ " as date)", 'date_day', 'day') }} as integer)
    + 1 as iso_day_of_week,
    {{ dbt.datediff("cast(" ~ dbt.date_trunc('week', 'date_day') ~ " as date)", 'date_day', 'day') }} >= 5 as is_weekend
from dates
