{#- A view: it looks at the days that are off and were asked about, and at the days beside them. -#}
{{ config(materialized='view') }}

with off_days as (
    select
        store_key,
        date_day
    from {{ ref('agg_tie_out_days') }}
    where is_off and asked_at is not null
    group by store_key, date_day
),

asked as (
    {% for days in (-1, 0, 1) %}
        select
            store_key,
            {{ days_before('date_day', days) }} as date_day
        from off_days
        {{ 'union' if not loop.last }}
    {% endfor %}
),

sales as (
    select
        sales.platform,
        sales.store_key,
        sales.booked_date as date_day,
        sales.order_key,
        count(*) as ledger_rows,
        sum(case when sales.event_type = 'order' then sales.total_amount end) as sold_amount,
        {{ ledger_sums() }}
    from asked
    inner join {{ ref('fct_sales') }} as sales
        on asked.store_key = sales.store_key and asked.date_day = sales.booked_date
    where sales.counts_as_sale
    group by sales.platform, sales.store_key, sales.booked_date, sales.order_key
),

placed as (
    select
        orders.platform,
        orders.store_key,
        orders.order_date as date_day,
        orders.order_key
    from asked
    inner join {{ ref('fct_orders') }} as orders
        on asked.store_key = orders.store_key and asked.date_day = orders.order_date
    where orders.is_placed
),

booked as (
    select
        coalesce(sales.platform, placed.platform) as platform,
        coalesce(sales.store_key, placed.store_key) as store_key,
        coalesce(sales.date_day, placed.date_day) as date_day,
        coalesce(sales.order_key, placed.order_key) as order_key,
        case when placed.order_key is null then 0 else 1 end as orders,
        coalesce(sales.ledger_rows, 0) as ledger_rows,
        sales.sold_amount,
        {{ each_metric('coalesce(sales.{name}, 0) as {name}') }}
    from sales
    full outer join placed on sales.order_key = placed.order_key and sales.date_day = placed.date_day
),

-- by the definitions of WooCommerce, and on its days
woocommerce_booked as (
    select
        rows_kept.store_key,
        rows_kept.date_day,
        rows_kept.order_key,
        'woocommerce' as platform,
        sum(case when rows_kept.is_order then 1 else 0 end) as orders,
        sum(rows_kept.net_amount) as net_revenue,
        sum(rows_kept.total_amount) as total_sales,
        0 as gift_cards_sold,
        sum(case when rows_kept.is_order then rows_kept.total_amount end) as sold_amount,
        cast(sum(rows_kept.ledger_rows) as bigint) as ledger_rows
    from asked
    inner join {{ ref('fct_woocommerce_revenue') }} as rows_kept
        on asked.store_key = rows_kept.store_key and asked.date_day = rows_kept.date_day
    group by rows_kept.store_key, rows_kept.date_day, rows_kept.order_key
)

{% for platform in var('platforms') %}
    select
        booked.store_key,
        booked.date_day,
        booked.order_key,
        measured.measure,
        measured.amount as ours,
        booked.sold_amount,
        booked.total_sales - coalesce(booked.sold_amount, 0) as taken_back_amount,
        booked.gift_cards_sold as gift_card_amount,
        booked.ledger_rows
    from {{ order_measures_from(platform) }} as booked
    {{ measure_rows('measured', order_measures(platform)) }}
    where booked.platform = '{{ platform }}'
    {{ 'union all' if not loop.last }}
{% endfor %}
