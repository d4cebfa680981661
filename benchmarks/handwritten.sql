-- The peer of `dbt run --select +fct_orders +agg_daily_summary`: the same two tables from the same raw log, as one
-- would write them by hand for one shop platform. No increments, no tests, no other tables, no guard against dirty
-- text. It shares nothing with the dbt project, so that equal tables also say that both are right.
set work_mem = '256MB';

create temporary table documents as
select distinct on (account_id, id)
    account_id,
    id,
    is_deleted,
    document::jsonb as doc
from raw_shopify.orders
order by account_id, id, updated_at desc nulls last, observed_at desc, _dlt_load_id desc;

create temporary table shops as
select distinct on (account_id)
    account_id,
    document::jsonb ->> 'ianaTimezone' as zone
from raw_shopify.shop
order by account_id, updated_at desc nulls last, observed_at desc;

create temporary table orders as
select
    md5('shopify|' || d.account_id || '|' || d.id) as order_key,
    md5('shopify|' || d.account_id || '|store') as store_key,
    md5('shopify|' || d.account_id || '|' || coalesce(
        o.customer ->> 'id', 'email:' || nullif(lower(trim(o.email)), ''), 'guest:' || d.id
    )) as customer_key,
    d.is_deleted,
    o.*,
    shops.zone,
    (coalesce(o."processedAt", o."createdAt") at time zone shops.zone)::date as order_date
from documents as d
inner join shops on d.account_id = shops.account_id
cross join lateral jsonb_to_record(d.doc) as o (
    id text, name text, email text, customer jsonb, test boolean, edited boolean, "currencyCode" text,
    "presentmentCurrencyCode" text, "displayFinancialStatus" text, "displayFulfillmentStatus" text,
    "returnStatus" text, "cancelReason" text, "sourceName" text, "shippingAddress" jsonb,
    "currentTotalPriceSet" jsonb, "refundDiscrepancySet" jsonb, transactions jsonb, agreements jsonb,
    "createdAt" timestamptz, "processedAt" timestamptz, "updatedAt" timestamptz, "cancelledAt" timestamptz
)
where not o.test;

analyze orders (order_key, store_key, order_date);

create temporary table sales as
select
    o.order_key,
    o.store_key,
    o.order_date,
    (a."happenedAt" at time zone o.zone)::date as booked_date,
    a.__typename = 'OrderAgreement' as is_order,
    s."lineType" as line_type,
    s.quantity,
    case
        when s."lineType" = 'ADJUSTMENT' then true
        when s."lineType" = 'PRODUCT' then
            s.quantity < 0
            or (coalesce(s.quantity, 0) = 0 and a.__typename in ('ReturnAgreement', 'RefundAgreement'))
    end as is_reversal,
    (s."totalAmount" -> 'shopMoney' ->> 'amount')::numeric as total,
    (s."totalTaxAmount" -> 'shopMoney' ->> 'amount')::numeric as tax,
    (s."totalDiscountAmountBeforeTaxes" -> 'shopMoney' ->> 'amount')::numeric as discount
from orders as o
cross join lateral jsonb_to_recordset(o.agreements) as a (__typename text, "happenedAt" timestamptz, sales jsonb)
cross join lateral jsonb_to_recordset(a.sales) as s (
    "lineType" text, quantity bigint, "totalAmount" jsonb, "totalTaxAmount" jsonb,
    "totalDiscountAmountBeforeTaxes" jsonb
)
where not o.is_deleted;

analyze sales;

create temporary table by_order as
select
    order_key,
    bool_or(is_order) as is_placed,
    sum(total - tax + discount) filter (where not is_reversal) as gross_sales,
    sum(discount) filter (where not is_reversal) as discounts,
    sum(total - tax) filter (where is_reversal) as sales_reversals,
    sum(total - tax) filter (where is_reversal is not null) as net_sales,
    sum(total - tax) filter (where line_type = 'SHIPPING') as shipping,
    sum(tax) as taxes,
    sum(tax + case when line_type in ('TIP', 'GIFT_CARD') then 0 else total - tax end) as total_sales,
    sum(total) filter (where line_type <> 'ADJUSTMENT') as ledger_total_amount
from sales
group by order_key;

create table handwritten_orders as
select
    o.order_key,
    o.store_key,
    o.customer_key,
    o.id as order_id,
    o.name as order_name,
    o."displayFinancialStatus" as financial_status,
    o."displayFulfillmentStatus" as fulfillment_status,
    o."returnStatus" as return_status,
    o."cancelReason" as cancel_reason,
    o."sourceName" as source_name,
    o."shippingAddress" ->> 'countryCodeV2' as shipping_country_code,
    o."cancelledAt" is not null as is_cancelled,
    o.is_deleted,
    o.edited as is_edited,
    coalesce(b.is_placed, false) as is_placed,
    coalesce(b.gross_sales, 0) as gross_sales,
    coalesce(b.discounts, 0) as discounts,
    coalesce(b.sales_reversals, 0) as sales_reversals,
    coalesce(b.net_sales, 0) as net_sales,
    coalesce(b.shipping, 0) as shipping,
    coalesce(b.taxes, 0) as taxes,
    coalesce(b.total_sales, 0) as total_sales,
    coalesce(b.ledger_total_amount, 0) as ledger_total_amount,
    (o."currentTotalPriceSet" -> 'shopMoney' ->> 'amount')::numeric as platform_total_amount,
    coalesce(p.paid, 0) as paid_amount,
    coalesce(p.refunded, 0) as refunded_amount,
    o."currencyCode" as currency_code,
    coalesce(o."processedAt", o."createdAt") as placed_at,
    o.order_date,
    o."updatedAt" as updated_at
from orders as o
left join by_order as b on o.order_key = b.order_key
left join lateral (
    select
        sum(amount) filter (where t.kind in ('SALE', 'CAPTURE')) as paid,
        sum(amount) filter (where t.kind = 'REFUND') as refunded
    from jsonb_to_recordset(o.transactions) as t (kind text, status text, "amountSet" jsonb)
    cross join lateral (select (t."amountSet" -> 'shopMoney' ->> 'amount')::numeric as amount) as m
    where t.status = 'SUCCESS'
) as p on true;
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
        sum(total - tax) filter (where line_type = 'SHIPPING') as shipping,
        sum(tax) as taxes,
        sum(total - tax) filter (where line_type = 'TIP') as tips,
        sum(total - tax) filter (where line_type = 'GIFT_CARD') as gift_cards_sold,
        sum(tax + case when line_type in ('TIP', 'GIFT_CARD') then 0 else total - tax end) as total_sales,
        sum(quantity) filter (where line_type = 'PRODUCT' and quantity > 0) as units,
        sum(-quantity) filter (where line_type = 'PRODUCT' and quantity < 0) as units_returned,
        sum(total - tax) filter (where is_order and not is_reversal) as ordered
    from sales
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
    coalesce(max(n.new_customers), 0) as new_customers,
    coalesce(max(c.customers), 0) as customers
from figures
left join new_by_day as n using (store_key, date_day)
left join customers_by_day as c using (store_key, date_day)
group by store_key, date_day;
