{{ config(materialized='view') }}

with ours as (
    {% for platform in var('platforms') %}
        select
            days.store_key,
            days.platform,
            days.date_day,
            measured.measure,
            measured.amount as ours
        from {{ report_days(platform) }} as days
        {{ measure_rows('measured', report_measures(platform)) }}
        where days.platform = '{{ platform }}'
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

theirs as (
    select * from {{ ref('int_report_days_unioned') }}
),

readings as (
    select
        store_key,
        max(read_at) as read_at
    from theirs
    group by store_key
),

-- an order may arrive before its shop: its days are those of UTC then, here as everywhere
stores as (
    select * from {{ ref('dim_store') }}
),

questions as (
    select
        store_key,
        date_day,
        max(asked_at) as asked_at
    from {{ ref('int_report_questions_unioned') }}
    group by store_key, date_day
),

-- a day that only one of the two knows is there as well
compared as (
    select
        coalesce(ours.store_key, theirs.store_key) as store_key,
        coalesce(ours.platform, theirs.platform) as platform,
        coalesce(ours.date_day, theirs.date_day) as date_day,
        coalesce(ours.measure, theirs.measure) as measure,
        coalesce(ours.ours, 0) as ours,
        theirs.theirs,
        theirs.store_key is not null as has_report,
        theirs.read_at,
        theirs.observed_at
    from ours
    full outer join theirs
        on
            ours.store_key = theirs.store_key
            and ours.date_day = theirs.date_day
            and ours.measure = theirs.measure
)

select
    compared.store_key,
    compared.platform,
    compared.date_day,
    compared.measure,
    compared.ours,
    compared.theirs,
    compared.ours - compared.theirs as residual,
    compared.has_report,
    {{ day_begins_at('compared.date_day', "coalesce(stores.time_zone_name, 'UTC')") }} as begins_at,
    {{ day_begins_at(days_before('compared.date_day', -1), "coalesce(stores.time_zone_name, 'UTC')") }}
        as ends_at,
    coalesce(compared.read_at, readings.read_at) as read_at,
    compared.observed_at,
    questions.asked_at
from compared
left join stores on compared.store_key = stores.store_key
left join readings on compared.store_key = readings.store_key
left join questions on compared.store_key = questions.store_key and compared.date_day = questions.date_day
