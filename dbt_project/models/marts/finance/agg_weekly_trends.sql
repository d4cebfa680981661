{%- set measures = ['orders', 'gross_sales', 'net_sales', 'total_sales', 'units', 'new_customers'] -%}
{%- set counts = ['orders', 'units', 'new_customers'] -%}

with days as (
    select * from {{ ref('agg_daily_summary') }}
),

weeks as (
    select
        store_key,
        cast({{ dbt.date_trunc('week', 'date_day') }} as date) as week_start,
        max(platform) as platform,
        max(currency_code) as currency_code,
        {% for measure in measures %}
            {{ 'cast(sum(' ~ measure ~ ') as bigint)' if measure in counts else 'sum(' ~ measure ~ ')' }} as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from days
    group by store_key, cast({{ dbt.date_trunc('week', 'date_day') }} as date)
)

-- the week before by its date, not by its row: a week without sales is no comparison
select
    weeks.store_key,
    weeks.week_start,
    weeks.platform,
    {% for measure in measures %}
        weeks.{{ measure }},
        previous.{{ measure }} as previous_{{ measure }},
        round(
            100 * cast(weeks.{{ measure }} - previous.{{ measure }} as numeric)
            / nullif(abs(previous.{{ measure }}), 0), 2
        ) as {{ measure }}_change_percent,
    {% endfor %}
    weeks.currency_code
from weeks
left join weeks as previous
    on
        weeks.store_key = previous.store_key
        and previous.week_start = {{ dbt.dateadd('day', -7, 'weeks.week_start') }}
