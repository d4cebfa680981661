-- The peer of `dbt run --select +fct_orders +agg_daily_summary`: the same two tables from the same raw log, as one
-- would write them by hand. No increments, no tests, no other tables, no guard against dirty text. It shares nothing
-- with the dbt project, so that equal tables also say that both are right. A platform's own script comes first and
-- makes `orders` and `sales`.
-- each fixing until the next one, seven days at most; GBP 0.85 a euro makes a pound 1.176… euros
create temporary table rates as
with fixings as (
    select latest.day, rate.currency_code, rate.price::numeric as price
    from (
        select distinct on (account_id, id) id::date as day, document::jsonb -> 'rates' as prices
        from raw_ecb.exchange_rates
        order by account_id, id, observed_at desc, _dlt_load_id desc
    ) as latest
    cross join lateral jsonb_each_text(latest.prices) as rate (currency_code, price)
),

spans as (
    select *, lead(day) over (partition by currency_code order by day) as next_day from fixings
)

select spans.currency_code, carried.day::date as day, round(1 / spans.price, 12) as rate
from spans
cross join lateral generate_series(
    spans.day, least(spans.next_day - 1, spans.day + 7), interval '1 day'
) as carried (day);

create temporary table priced as
select sales.*, case when sales.currency_code = 'EUR' then 1 else rates.rate end as rate
from sales
left join rates on sales.currency_code = rates.currency_code and sales.booked_date = rates.day;

analyze priced;

create temporary table by_order as
select
    order_key,
    bool_or(is_order) as is_placed,
    sum(total - tax + discount) filter (where not is_reversal) as gross_sales,
    sum(discount) filter (where not is_reversal) as discounts,
    sum(total - tax) filter (where is_reversal) as sales_reversals,
    sum(total - tax) filter (where is_reversal is not null) as net_sales,
    sum(total - tax) filter (where line_type = 'shipping') as shipping,
    sum(tax) as taxes,
    sum(tax + case when line_type in ('tip', 'gift_card') then 0 else total - tax end) as total_sales,
    sum(total) filter (where line_type <> 'adjustment') as ledger_total_amount,
    case when count(*) = count(rate) then coalesce(sum((total - tax) * rate) filter (where is_reversal is not null), 0) end
        as reporting_net_sales,
    case
        when count(*) = count(rate)
            then sum((tax + case when line_type in ('tip', 'gift_card') then 0 else total - tax end) * rate)
    end as reporting_total_sales
from priced
group by order_key;

create table handwritten_orders as
select
    o.order_key,
    o.store_key,
    o.customer_key,
    o.order_id,
    o.order_name,
    o.financial_status,
    o.fulfillment_status,
    o.return_status,
    o.cancel_reason,
    o.source_name,
    o.shipping_country_code,
    o.is_cancelled,
    o.is_deleted,
    o.is_edited,
    coalesce(b.is_placed, false) as is_placed,
    coalesce(b.gross_sales, 0) as gross_sales,
    coalesce(b.discounts, 0) as discounts,
    coalesce(b.sales_reversals, 0) as sales_reversals,
    coalesce(b.net_sales, 0) as net_sales,
    coalesce(b.shipping, 0) as shipping,
    coalesce(b.taxes, 0) as taxes,
    coalesce(b.total_sales, 0) as total_sales,
    coalesce(b.ledger_total_amount, 0) as ledger_total_amount,
    case when b.order_key is null then 0 else b.reporting_net_sales end as reporting_net_sales,
    case when b.order_key is null then 0 else b.reporting_total_sales end as reporting_total_sales,
    o.platform_total_amount,
    coalesce(o.paid_amount, 0) as paid_amount,
    coalesce(o.refunded_amount, 0) as refunded_amount,
    o.currency_code,
    o.placed_at,
    o.order_date,
    o.updated_at
from orders as o
left join by_order as b on o.order_key = b.order_key;
alter table handwritten_orders add primary key (order_key);

create table handwritten_days as
with newcomers as (
    select distinct on (customer_key) customer_key, store_key, order_date
    from handwritten_orders
    where is_placed
    order by customer_key, placed_at
),

new_by_day as (
    select store_key, order_date as date_day, count(*) as new_customers
    from newcomers
    group by store_key, order_date
),

customers_by_day as (
    select store_key, order_date as date_day, count(distinct customer_key) as customers
    from handwritten_orders
    where is_placed
    group by store_key, order_date
),

figures as (
    select
        store_key,
        clock.day as date_day,
        clock.is_booked,
        count(distinct order_key) filter (where is_order) as orders,
        sum(total - tax + discount) filter (where not is_reversal) as gross_sales,
        sum(discount) filter (where not is_reversal) as discounts,
        sum(total - tax) filter (where is_reversal) as sales_reversals,
        sum(total - tax) filter (where is_reversal is not null) as net_sales,
        sum(total - tax) filter (where line_type = 'shipping') as shipping,
        sum(tax) as taxes,
        sum(total - tax) filter (where line_type = 'tip') as tips,
        sum(total - tax) filter (where line_type = 'gift_card') as gift_cards_sold,
        sum(tax + case when line_type in ('tip', 'gift_card') then 0 else total - tax end) as total_sales,
        sum(quantity) filter (where line_type = 'product' and quantity > 0) as units,
        sum(-quantity) filter (where line_type = 'product' and quantity < 0) as units_returned,
        sum(total - tax) filter (where is_order and not is_reversal) as ordered,
        count(*) = count(rate) as is_priced,
        sum((total - tax + discount) * rate) filter (where not is_reversal) as reporting_gross_sales,
        sum(discount * rate) filter (where not is_reversal) as reporting_discounts,
        sum((total - tax) * rate) filter (where is_reversal) as reporting_sales_reversals,
        sum((total - tax) * rate) filter (where is_reversal is not null) as reporting_net_sales,
        sum((total - tax) * rate) filter (where line_type = 'shipping') as reporting_shipping,
        sum(tax * rate) as reporting_taxes,
        sum((tax + case when line_type in ('tip', 'gift_card') then 0 else total - tax end) * rate)
            as reporting_total_sales
    from priced
    cross join lateral (values (booked_date, true), (order_date, false)) as clock (day, is_booked)
    group by store_key, clock.day, clock.is_booked
)

select
    store_key,
    date_day,
    coalesce(max(orders) filter (where is_booked), 0) as orders,
    coalesce(max(gross_sales) filter (where is_booked), 0) as gross_sales,
    coalesce(max(discounts) filter (where is_booked), 0) as discounts,
    coalesce(max(sales_reversals) filter (where is_booked), 0) as sales_reversals,
    coalesce(max(net_sales) filter (where is_booked), 0) as net_sales,
    coalesce(max(shipping) filter (where is_booked), 0) as shipping,
    coalesce(max(taxes) filter (where is_booked), 0) as taxes,
    coalesce(max(tips) filter (where is_booked), 0) as tips,
    coalesce(max(gift_cards_sold) filter (where is_booked), 0) as gift_cards_sold,
    coalesce(max(total_sales) filter (where is_booked), 0) as total_sales,
    coalesce(max(units) filter (where is_booked), 0) as units,
    coalesce(max(units_returned) filter (where is_booked), 0) as units_returned,
    round(max(ordered) filter (where is_booked) / nullif(max(orders) filter (where is_booked), 0), 4)
        as average_order_value,
    coalesce(max(net_sales) filter (where not is_booked), 0) as net_sales_by_order,
    coalesce(max(total_sales) filter (where not is_booked), 0) as total_sales_by_order,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_gross_sales) filter (where is_booked), 0) end as reporting_gross_sales,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_discounts) filter (where is_booked), 0) end as reporting_discounts,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_sales_reversals) filter (where is_booked), 0) end as reporting_sales_reversals,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_net_sales) filter (where is_booked), 0) end as reporting_net_sales,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_shipping) filter (where is_booked), 0) end as reporting_shipping,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_taxes) filter (where is_booked), 0) end as reporting_taxes,
    case when bool_and(is_priced) filter (where is_booked) is not false
        then coalesce(max(reporting_total_sales) filter (where is_booked), 0) end as reporting_total_sales,
    case when bool_and(is_priced) filter (where not is_booked) is not false
        then coalesce(max(reporting_net_sales) filter (where not is_booked), 0) end as reporting_net_sales_by_order,
    case when bool_and(is_priced) filter (where not is_booked) is not false
        then coalesce(max(reporting_total_sales) filter (where not is_booked), 0) end as reporting_total_sales_by_order,
    coalesce(max(n.new_customers), 0) as new_customers,
    coalesce(max(c.customers), 0) as customers
from figures
left join new_by_day as n using (store_key, date_day)
left join customers_by_day as c using (store_key, date_day)
group by store_key, date_day;
