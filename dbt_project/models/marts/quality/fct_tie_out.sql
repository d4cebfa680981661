{#- A view over figures that are kept up to date: ask it for `is_off`, and it looks at those days alone. -#}
{{ config(materialized='view') }}

with days as (
    select
        *,
        read_at < {{ minutes_after('ends_at', var('report_lag_minutes')) }} as is_early
    from {{ ref('agg_tie_out_days') }}
),

by_measure as (
    select
        store_key,
        date_day,
        measure,
        sum(case when cause = 'unknown' then 1 else 0 end) as unknown_rows,
        count(*) as rows_found
    from {{ ref('fct_tie_out_orders') }}
    group by store_key, date_day, measure
),

by_day as (
    select
        store_key,
        date_day,
        sum(unknown_rows) as unknown_rows,
        sum(rows_found) as rows_found
    from by_measure
    group by store_key, date_day
)

select
    days.store_key,
    days.platform,
    days.date_day,
    days.measure,
    days.ours,
    days.theirs,
    days.residual,
    days.is_off,
    case
        when days.theirs is null and (days.has_report or coalesce(days.read_at < days.begins_at, true))
            then 'not available'
        when days.is_early then 'provisional'
        when days.residual = 0 then 'ok'
        when days.theirs is null then 'unexplained'
        when by_measure.unknown_rows = 0 then 'explained'
        -- a measure that the vendor does not give by order is off because the orders of the others are
        when by_measure.measure is null and by_day.rows_found > 0 and by_day.unknown_rows = 0 then 'explained'
        else 'unexplained'
    end as status,
    days.observed_at,
    days.asked_at
from days
left join by_measure
    on
        days.store_key = by_measure.store_key
        and days.date_day = by_measure.date_day
        and days.measure = by_measure.measure
left join by_day on days.store_key = by_day.store_key and days.date_day = by_day.date_day
