-- Σ by channel = the day, on both clocks: no order is in two channels, or in none. Day by day, by index.
{{ config(meta=shown_at('agg_daily_channel')) }}
{{ after_publication() }}

select days.store_key, days.date_day
from {{ rows_in_scope('agg_daily_summary') }} as days
left join lateral (
    select
        sum(orders) as orders,
        sum(new_customers) as new_customers,
        sum(visible_orders) as visible_orders,
        sum(matched_orders) as matched_orders,
        sum(sessions) as sessions,
        case when count(*) = count(reporting_net_sales) then coalesce(sum(reporting_net_sales), 0) end
            as reporting_net_sales,
        case when count(*) = count(reporting_total_sales) then coalesce(sum(reporting_total_sales), 0) end
            as reporting_total_sales,
        case
            when count(*) = count(reporting_net_sales_by_order)
                then coalesce(sum(reporting_net_sales_by_order), 0)
        end as reporting_net_sales_by_order,
        case
            when count(*) = count(reporting_total_sales_by_order)
                then coalesce(sum(reporting_total_sales_by_order), 0)
        end as reporting_total_sales_by_order,
        case when count(*) = count(reporting_ad_spend) then coalesce(sum(reporting_ad_spend), 0) end
            as reporting_ad_spend
    from {{ ref('agg_daily_channel') }} as channels
    where channels.scope_key = days.store_key and channels.date_day = days.date_day
) as by_channel on true
where
    days.orders <> coalesce(by_channel.orders, 0)
    or days.new_customers <> coalesce(by_channel.new_customers, 0)
    or days.visible_orders <> coalesce(by_channel.visible_orders, 0)
    or days.matched_orders <> coalesce(by_channel.matched_orders, 0)
    or days.matched_orders > days.visible_orders
    or days.visible_orders > days.orders
    or days.sessions is distinct from by_channel.sessions
    or days.reporting_net_sales is distinct from by_channel.reporting_net_sales
    or days.reporting_total_sales is distinct from by_channel.reporting_total_sales
    or days.reporting_net_sales_by_order is distinct from by_channel.reporting_net_sales_by_order
    or days.reporting_total_sales_by_order is distinct from by_channel.reporting_total_sales_by_order
    or days.reporting_ad_spend is distinct from by_channel.reporting_ad_spend
