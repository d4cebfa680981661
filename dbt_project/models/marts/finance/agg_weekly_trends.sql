{%- set measures = ['orders', 'gross_sales', 'net_sales', 'total_sales', 'units', 'new_customers'] -%}

with days as (
    select * from {{ ref('agg_daily_summary') }}
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
        cast(sum(new_customers) as bigint) as new_customers
    from days
    group by store_key, {{ period_start('week', 'date_day') }}
)

-- the week before by its date, not by its row: a week without sales is no comparison
select
    weeks.store_key,
    weeks.week_start,
    weeks.platform,
    {% for measure in measures %}
        weeks.{{ measure }},
        previous.{{ measure }} as previous_{{ measure }},
        {{ change_percent('weeks.' ~ measure, 'previous.' ~ measure) }} as {{ measure }}_change_percent,
    {% endfor %}
    weeks.currency_code
from weeks
left join weeks as previous
    on
        weeks.store_key = previous.store_key
        and previous.week_start = {{ days_before('weeks.week_start', 7) }}
