with days as (
    {{ calendar_days() }}
),

dates as (
    select cast(date_day as date) as date_day from days
)

select
    date_day,
    {{ period_start('week', 'date_day') }} as iso_week_start,
    cast(extract(isoyear from date_day) as integer) as iso_year,
    cast(extract(week from date_day) as integer) as iso_week,
    {{ period_start('month', 'date_day') }} as month_start,
    {{ period_start('quarter', 'date_day') }} as quarter_start,
    cast(extract(year from date_day) as integer) as year,
    cast(extract(quarter from date_day) as integer) as quarter,
    cast(extract(month from date_day) as integer) as month,
    cast(extract(day from date_day) as integer) as day_of_month,
    cast({{ iso_day_of_week('date_day') }} as integer) as iso_day_of_week,
    {{ iso_day_of_week('date_day') }} >= 6 as is_weekend
from dates
