-- Σ by day = Σ of the ledger, on both clocks. Day by day, by index: a join would read the whole ledger.
{{ config(meta=shown_at('agg_daily_summary')) }}
{{ after_publication() }}

select days.store_key, days.date_day
from {{ rows_in_scope('agg_daily_summary') }} as days
left join lateral (
    select {{ ledger_sums() }}
    from {{ ref('fct_sales') }} as sales
    where sales.counts_as_sale and sales.store_key = days.store_key and sales.booked_date = days.date_day
) as as_booked on true
left join lateral (
    select {{ ledger_sums() }}
    from {{ ref('fct_sales') }} as sales
    where sales.counts_as_sale and sales.store_key = days.store_key and sales.order_date = days.date_day
) as by_order on true
where
    {{ each_metric('days.{name} <> coalesce(as_booked.{name}, 0)', ' or') }}
    or {{ each_metric('days.{name}_by_order <> coalesce(by_order.{name}, 0)', ' or') }}
