-- Σ by channel = the day, on both clocks: no order and no sale is in two channels, or in none. Day by day, by index.
{{ config(meta=shown_at('agg_daily_channel')) }}
{{ after_publication() }}

select days.store_key, days.date_day
from {{ rows_in_scope('agg_daily_summary') }} as days
left join lateral (
    select
        sum(channels.orders) as orders,
        sum(channels.new_customers) as new_customers,
        sum(channels.sessions) as sessions,
        {% for name in ['net_sales', 'total_sales', 'net_sales_by_order', 'total_sales_by_order', 'ad_spend'] %}
            case
                when count(*) = count(channels.reporting_{{ name }}) then coalesce(sum(channels.reporting_{{ name }}), 0)
            end as reporting_{{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('agg_daily_channel') }} as channels
    where channels.scope_key = days.store_key and channels.date_day = days.date_day
) as by_channel on true
where
    days.orders <> coalesce(by_channel.orders, 0)
    or days.new_customers <> coalesce(by_channel.new_customers, 0)
    or days.sessions is distinct from by_channel.sessions
    {% for name in ['net_sales', 'total_sales', 'net_sales_by_order', 'total_sales_by_order', 'ad_spend'] %}
        or days.reporting_{{ name }} is distinct from by_channel.reporting_{{ name }}
    {% endfor %}
