-- Σ by day = Σ of the ledger, on both clocks.
{%- set metrics = ledger_metrics() %}
{%- set clocks = {'': 'booked_date', '_by_order': 'order_date'} %}

with days as (
    select * from {{ rows_in_scope('agg_daily_summary') }} as days
)
{% for suffix, day in clocks.items() %}
    ,

    ledger{{ suffix }} as (
        select
            sales.store_key,
            sales.{{ day }} as date_day,
            {% for name, expression in metrics.items() %}
                {{ expression }} as {{ name }}{{ ',' if not loop.last }}
            {% endfor %}
        from days
        inner join {{ ref('fct_sales') }} as sales
            on days.store_key = sales.store_key and days.date_day = sales.{{ day }}
        where sales.counts_as_sale
        group by sales.store_key, sales.{{ day }}
    )
{% endfor %}

{% for suffix in clocks %}
    select days.store_key, days.date_day
    from days
    left join ledger{{ suffix }} as ledger on days.store_key = ledger.store_key and days.date_day = ledger.date_day
    where
        {% for name in metrics %}
            days.{{ name }}{{ suffix }} <> coalesce(ledger.{{ name }}, 0){{ ' or' if not loop.last }}
        {% endfor %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
