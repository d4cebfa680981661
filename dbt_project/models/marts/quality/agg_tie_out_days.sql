{{ config(materialized='view') }}

with figures as (
    select * from {{ ref('agg_tie_out_figures') }}
),

-- an order may arrive before its shop: its days are those of UTC then, here as everywhere
stores as (
    select
        shops.store_key,
        shops.time_zone_name,
        (
            select max(figures.read_at) from {{ ref('agg_tie_out_figures') }} as figures
            where figures.store_key = shops.store_key
        ) as read_at
    from {{ ref('dim_store') }} as shops
),

questions as (
    select
        store_key,
        date_day,
        max(asked_at) as asked_at
    from {{ ref('int_report_questions_unioned') }}
    group by store_key, date_day
)

select
    figures.store_key,
    figures.platform,
    figures.date_day,
    figures.measure,
    figures.ours,
    figures.theirs,
    figures.residual,
    figures.has_report,
    figures.is_off,
    {{ day_begins_at('figures.date_day', "coalesce(stores.time_zone_name, 'UTC')") }} as begins_at,
    {{ day_begins_at(days_before('figures.date_day', -1), "coalesce(stores.time_zone_name, 'UTC')") }}
        as ends_at,
    -- a day that the report lacks: when any of it was read
    coalesce(figures.read_at, stores.read_at) as read_at,
    figures.observed_at,
    questions.asked_at
from figures
left join stores on figures.store_key = stores.store_key
left join questions on figures.store_key = questions.store_key and figures.date_day = questions.date_day
