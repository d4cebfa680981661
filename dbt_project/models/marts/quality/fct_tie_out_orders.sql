{#- A view: it looks at the days that are off and were asked about, and at nothing else. -#}
{{ config(materialized='view') }}

with measured as (
    select
        *,
        ours - theirs as residual,
        case when measure <> 'orders' then abs(ours - theirs) else 0 end as money_off,
        case when measure = 'total_sales' then abs(ours - theirs) else 0 end as total_off,
        case when measure = 'orders' then abs(ours - theirs) else 0 end as orders_off
    from {{ ref('agg_tie_out_orders') }}
    where theirs is not null
),

orders as (
    select
        *,
        max(money_off) over one_order as most_off,
        max(total_off) over one_order as order_total_off,
        max(orders_off) over one_order as order_orders_off
    from measured
    window one_order as (partition by store_key, date_day, order_key)
),

-- the rules in their order: docs/metrics.md tells each with an example
judged as (
    select
        *,
        case
            when is_test then 'test order'
            when is_deleted then 'deleted'
            when not is_known_here then 'missing here'
            when has_moved then 'time zone'
            when is_newer_there and is_edited_there then 'edit'
            when is_newer_there then 'late load'
            when is_here and not is_there then 'missing there'
            when gift_card_amount <> 0 and order_total_off = abs(gift_card_amount) then 'gift card'
            when order_orders_off = 0 and most_off <= ledger_rows * {{ minor_unit('currency_code') }}
                then 'rounding'
            else 'unknown'
        end as cause
    from orders
),

named as (
    select
        store_key,
        platform,
        date_day,
        order_key,
        order_id,
        order_name,
        measure,
        ours,
        theirs,
        residual,
        cause,
        asked_at
    from judged
    where residual <> 0
),

explained as (
    select store_key, date_day, measure, sum(residual) as residual, max(asked_at) as asked_at
    from orders
    group by store_key, date_day, measure
),

-- what the orders do not come to is nobody's, and shown as such
rest as (
    select
        days.store_key,
        days.platform,
        days.date_day,
        days.measure,
        days.residual - explained.residual as residual,
        explained.asked_at
    from explained
    inner join {{ ref('agg_tie_out_days') }} as days
        on
            explained.store_key = days.store_key
            and explained.date_day = days.date_day
            and explained.measure = days.measure
    where days.residual <> explained.residual
),

differences as (
    select * from named
    union all
    select
        store_key,
        platform,
        date_day,
        null as order_key,
        null as order_id,
        null as order_name,
        measure,
        null as ours,
        null as theirs,
        residual,
        'unknown' as cause,
        asked_at
    from rest
)

select
    {{ surrogate_key('store_key', 'cast(date_day as text)', "coalesce(order_id, '') || '|' || measure") }}
        as tie_out_order_key,
    store_key,
    platform,
    date_day,
    order_key,
    order_id,
    order_name,
    measure,
    ours,
    theirs,
    residual,
    cause,
    asked_at
from differences
