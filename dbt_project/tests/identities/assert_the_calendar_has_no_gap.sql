-- Each day follows the day before: a join over the calendar loses nothing in its middle.
with days as (
    select * from {{ ref('dim_date') }}
)

select days.date_day
from days
left join days as yesterday on yesterday.date_day = {{ days_before('days.date_day', 1) }}
where yesterday.date_day is null and days.date_day <> (select min(earliest.date_day) from days as earliest)
