{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'store_day',
        'group_by': ['store_key', 'date_day'],
        'consumes': dict(reported_marts(), int_report_days_unioned=[]),
    },
    indexes=[{'columns': ['is_off']}, {'columns': ['store_key', 'read_at']}],
) }}

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
        {{ only_touched('days.store_key', 'days.date_day', condition=reported_days_only(platform)) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

theirs as (
    {{ touched_days(ref('int_report_days_unioned'), 'store_key', 'date_day') }}
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
    store_key,
    platform,
    date_day,
    measure,
    ours,
    theirs,
    ours - theirs as residual,
    has_report,
    -- nothing can be said of a measure that the report does not have
    case when theirs is null then not has_report else ours <> theirs end as is_off,
    read_at,
    observed_at
from compared
