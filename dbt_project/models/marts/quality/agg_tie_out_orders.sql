{#- A view: it looks at the days that are off and were asked about. -#}
{{ config(materialized='view') }}

with asked_days as (
    select * from {{ ref('agg_tie_out_days') }}
    where asked_at is not null
),

off_days as (
    select
        store_key,
        date_day
    from asked_days
    where is_off
    group by store_key, date_day
),

-- what the report does not have of a day cannot be compared by order either
questions as (
    select questions.*
    from {{ ref('int_report_questions_unioned') }} as questions
    inner join off_days on questions.store_key = off_days.store_key and questions.date_day = off_days.date_day
    inner join asked_days
        on
            questions.store_key = asked_days.store_key
            and questions.date_day = asked_days.date_day
            and questions.measure = asked_days.measure
    where asked_days.theirs is not null
),

theirs as (
    select theirs.*
    from {{ ref('int_reported_orders_unioned') }} as theirs
    inner join off_days on theirs.store_key = off_days.store_key and theirs.date_day = off_days.date_day
),

bookings as (
    select * from {{ ref('agg_tie_out_bookings') }}
),

found as (
    select bookings.store_key, bookings.date_day, bookings.order_key
    from bookings
    inner join off_days on bookings.store_key = off_days.store_key and bookings.date_day = off_days.date_day
    union
    select store_key, date_day, order_key from theirs
),

-- what is known of the order itself, whichever measure it is about
versions as (
    select
        date_day,
        order_key,
        max(order_id) as order_id,
        max(order_name) as order_name,
        max(updated_at) as updated_at,
        max(edited_at) as edited_at,
        max(order_status) as order_status,
        max(sold_amount) as sold_amount,
        max(case when measure = 'total_sales' then theirs - coalesce(sold_amount, 0) end)
            as taken_back_amount,
        bool_or(is_deleted) as is_deleted,
        bool_or(is_test) as is_test,
        bool_or(is_counted) as is_counted
    from theirs
    group by date_day, order_key
),

-- the sign of another time zone: one side books on this day what the other books beside it
pairs as (
    select
        theirs.date_day as their_day,
        bookings.date_day as our_day,
        theirs.order_key
    from theirs
    inner join bookings
        on
            theirs.order_key = bookings.order_key
            and theirs.measure = bookings.measure
            and {{ is_beside('theirs.date_day', 'bookings.date_day') }}
    where theirs.measure = 'total_sales' and theirs.theirs = bookings.ours and bookings.ours <> 0
),

moved as (
    select order_key, their_day as date_day from pairs
    union
    select order_key, our_day as date_day from pairs
)

select
    found.store_key,
    questions.platform,
    found.date_day,
    found.order_key,
    coalesce(known.order_id, versions.order_id) as order_id,
    coalesce(known.order_name, versions.order_name) as order_name,
    questions.measure,
    coalesce(bookings.ours, 0) as ours,
    case
        when theirs.order_key is null then 0
        when theirs.theirs is not null then theirs.theirs
        when known.order_key is null then theirs.version_total_amount
        else coalesce(bookings.ours, 0) + theirs.version_total_amount - known.platform_total_amount
    end as theirs,
    known.currency_code,
    known.order_key is not null as is_known_here,
    coalesce(known.is_deleted or known.financial_status = 'trash' or versions.is_deleted, false)
        as is_deleted,
    coalesce(versions.is_test, false) as is_test,
    bookings.order_key is not null as is_here,
    coalesce(versions.is_counted, false) as is_there,
    case
        when versions.updated_at is not null then coalesce(versions.updated_at > known.updated_at, false)
        else coalesce(changed.is_sold_otherwise or changed.is_further_on, false)
    end as is_newer_there,
    coalesce(versions.edited_at > known.updated_at or changed.is_sold_otherwise, false) as is_edited_there,
    moved.order_key is not null as has_moved,
    coalesce(bookings.gift_card_amount, 0) as gift_card_amount,
    coalesce(bookings.ledger_rows, 0) as ledger_rows,
    questions.asked_at
from found
inner join questions on found.store_key = questions.store_key and found.date_day = questions.date_day
left join bookings
    on
        found.order_key = bookings.order_key
        and found.date_day = bookings.date_day
        and questions.measure = bookings.measure
left join theirs
    on
        found.order_key = theirs.order_key
        and found.date_day = theirs.date_day
        and questions.measure = theirs.measure
left join moved on found.order_key = moved.order_key and found.date_day = moved.date_day
left join versions on found.order_key = versions.order_key and found.date_day = versions.date_day
left join {{ ref('fct_orders') }} as known on found.order_key = known.order_key
-- rows that do not say when their order changed tell it by what they say
cross join lateral (
    select
        abs(versions.sold_amount - bookings.sold_amount)
        > bookings.ledger_rows * {{ minor_unit('known.currency_code') }} as is_sold_otherwise,
        versions.order_status <> known.financial_status
        or versions.taken_back_amount < coalesce(bookings.taken_back_amount, 0) as is_further_on
) as changed
