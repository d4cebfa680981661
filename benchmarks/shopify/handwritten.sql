-- Shopify's orders, and its ledger from their agreements; ../handwritten.sql goes on from here.
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
    coalesce(
        md5('shopify|' || d.account_id || '|' || (o.customer ->> 'id')),
        md5('email|' || nullif(lower(trim(o.email)), '')),
        md5('shopify|' || d.account_id || '|guest:' || d.id)
    ) as customer_key,
    o.id as order_id,
    o.name as order_name,
    o."displayFinancialStatus" as financial_status,
    o."displayFulfillmentStatus" as fulfillment_status,
    o."returnStatus" as return_status,
    o."cancelReason" as cancel_reason,
    o."sourceName" as source_name,
    o."shippingAddress" ->> 'countryCodeV2' as shipping_country_code,
    o."cancelledAt" is not null as is_cancelled,
    d.is_deleted,
    o.edited as is_edited,
    (o."currentTotalPriceSet" -> 'shopMoney' ->> 'amount')::numeric as platform_total_amount,
    p.paid_amount,
    p.refunded_amount,
    o."currencyCode" as currency_code,
    coalesce(o."processedAt", o."createdAt") as placed_at,
    (coalesce(o."processedAt", o."createdAt") at time zone shops.zone)::date as order_date,
    o."updatedAt" as updated_at,
    o.agreements,
    shops.zone
from documents as d
inner join shops on d.account_id = shops.account_id
cross join lateral jsonb_to_record(d.doc) as o (
    id text, name text, email text, customer jsonb, test boolean, edited boolean, "currencyCode" text,
    "presentmentCurrencyCode" text, "displayFinancialStatus" text, "displayFulfillmentStatus" text,
    "returnStatus" text, "cancelReason" text, "sourceName" text, "shippingAddress" jsonb,
    "currentTotalPriceSet" jsonb, "refundDiscrepancySet" jsonb, transactions jsonb, agreements jsonb,
    "createdAt" timestamptz, "processedAt" timestamptz, "updatedAt" timestamptz, "cancelledAt" timestamptz
)
left join lateral (
    select
        sum(amount) filter (where t.kind in ('SALE', 'CAPTURE')) as paid_amount,
        sum(amount) filter (where t.kind = 'REFUND') as refunded_amount
    from jsonb_to_recordset(o.transactions) as t (kind text, status text, "amountSet" jsonb)
    cross join lateral (select (t."amountSet" -> 'shopMoney' ->> 'amount')::numeric as amount) as m
    where t.status = 'SUCCESS'
) as p on true
where not o.test;

analyze orders (order_key, store_key, order_date);

create temporary table sales as
select
    o.order_key,
    o.store_key,
    o.order_date,
    (a."happenedAt" at time zone o.zone)::date as booked_date,
    a.__typename = 'OrderAgreement' as is_order,
    o.currency_code,
    lower(s."lineType") as line_type,
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
