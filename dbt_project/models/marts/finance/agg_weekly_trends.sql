{%- set measures = ['orders', 'gross_sales', 'net_sales', 'total_sales', 'units', 'new_customers'] -%}
{%- set converted = ['reporting_net_sales', 'reporting_total_sales'] -%}

-- a store's weeks are those from its first sale to its last, whatever was spent before and after
with days as (
    select * from {{ ref('agg_daily_summary') }}
    where has_sales
),

weeks as (
    select
        store_key,
        {{ period_start('week', 'date_day') }} as week_start,
        max(platform) as platform,
        max(currency_code) as currency_code,
        cast(sum(orders) as bigint) as orders,
        sum(gross_sales) as gross_sales,
        sum(net_sales) as net_sales,
        sum(total_sales) as total_sales,
        cast(sum(units) as bigint) as units,
        {% for measure in converted %}
            case when count(*) = count({{ measure }}) then sum({{ measure }}) end as {{ measure }},
        {% endfor %}
        cast(sum(new_customers) as bigint) as new_customers
    from days
    group by store_key, {{ period_start('week', 'date_day') }}
),

stores as (
    select
        store_key,
        max(platform) as platform,
        max(currency_code) as currency_code,
        min(week_start) as first_week,
        max(week_start) as last_week
    from weeks
    group by store_key
),

calendar as (
    select distinct {{ period_start('week', 'date_day') }} as week_start
    from ({{ calendar_days() }}) as calendar_days
),

-- a week without sales is a week of zeros: the fall shows, and the week after has something to compare with
every_week as (
    select store_key, week_start from weeks
    union
    select stores.store_key, calendar.week_start
    from stores
    inner join calendar on calendar.week_start between stores.first_week and stores.last_week
),

filled as (
    select
        every_week.store_key,
        every_week.week_start,
        coalesce(weeks.platform, stores.platform) as platform,
        {% for measure in measures %}
            coalesce(weeks.{{ measure }}, 0) as {{ measure }},
        {% endfor %}
        {% for measure in converted %}
            case when weeks.store_key is null then 0 else weeks.{{ measure }} end as {{ measure }},
        {% endfor %}
        coalesce(weeks.currency_code, stores.currency_code) as currency_code
    from every_week
    inner join stores on every_week.store_key = stores.store_key
    left join weeks on every_week.store_key = weeks.store_key and every_week.week_start = weeks.week_start
)

select
    weeks.store_key,
    weeks.week_start,
    weeks.platform,
    {% for measure in measures %}
        weeks.{{ measure }},
        previous.{{ measure }} as previous_{{ measure }},
        {{ change_percent('weeks.' ~ measure, 'previous.' ~ measure) }} as {{ measure }}_change_percent,
    {% endfor %}
    weeks.currency_code,
    {% for measure in converted %}
        weeks.{{ measure }},
        previous.{{ measure }} as previous_{{ measure }},
        {{ change_percent('weeks.' ~ measure, 'previous.' ~ measure) }} as {{ measure }}_change_percent,
    {% endfor %}
    '{{ var("reporting_currency") }}' as reporting_currency_code
from filled as weeks
left join filled as previous
    on
        weeks.store_key = previous.store_key
        and previous.week_start = {{ days_before('weeks.week_start', 7) }}
