-- WooCommerce's orders, and the ledger from their lines and refunds; ../handwritten.sql goes on from here.
set work_mem = '256MB';

create temporary table documents as
select distinct on (account_id, id)
    account_id,
    id,
    is_deleted,
    document::jsonb as doc
from raw_woocommerce.orders
order by account_id, id, updated_at desc nulls last, observed_at desc, _dlt_load_id desc;

create temporary table sites as
select distinct on (account_id)
    account_id,
    document::jsonb ->> 'timezone_string' as zone
from raw_woocommerce.settings
order by account_id, updated_at desc nulls last, observed_at desc;

create temporary table orders as
select
    md5('woocommerce|' || d.account_id || '|' || d.id) as order_key,
    md5('woocommerce|' || d.account_id || '|store') as store_key,
    coalesce(
        md5('woocommerce|' || d.account_id || '|' || nullif(o.customer_id, 0)),
        md5('email|' || nullif(lower(trim(o.billing ->> 'email')), '')),
        md5('woocommerce|' || d.account_id || '|guest:' || d.id)
    ) as customer_key,
    o.id as order_id,
    o.number as order_name,
    o.status as financial_status,
    null as fulfillment_status,
    null as return_status,
    null as cancel_reason,
    o.created_via as source_name,
    o.shipping ->> 'country' as shipping_country_code,
    o.status = 'cancelled' as is_cancelled,
    d.is_deleted,
    false as is_edited,
    o.status not in ('pending', 'failed', 'cancelled', 'checkout-draft', 'trash') as counts_as_sale,
    o.total - coalesce(r.refunded, 0) as platform_total_amount,
    case when o.date_paid_gmt is not null then o.total end as paid_amount,
    r.refunded as refunded_amount,
    o.currency as currency_code,
    o.date_created_gmt at time zone 'UTC' as placed_at,
    (o.date_created_gmt at time zone 'UTC' at time zone sites.zone)::date as order_date,
    o.date_modified_gmt at time zone 'UTC' as updated_at,
    o.total,
    o.line_items,
    o.shipping_lines,
    o.fee_lines,
    o.refund_documents,
    sites.zone
from documents as d
inner join sites on d.account_id = sites.account_id
cross join lateral jsonb_to_record(d.doc) as o (
    id text, number text, status text, created_via text, currency text, customer_id bigint, billing jsonb,
    shipping jsonb, total numeric, date_created_gmt timestamp, date_modified_gmt timestamp, date_paid_gmt timestamp,
    line_items jsonb, shipping_lines jsonb, fee_lines jsonb, refund_documents jsonb
)
left join lateral (
    select sum(f.amount) as refunded
    from jsonb_to_recordset(o.refund_documents) as f (amount numeric)
) as r on true;

analyze orders (order_key, store_key, order_date);

create temporary table refunds as
select
    o.order_key,
    f.id as refund_id,
    f.amount,
    (f.date_created_gmt at time zone 'UTC' at time zone o.zone)::date as booked_date,
    f.line_items,
    f.shipping_lines,
    f.fee_lines
from orders as o
cross join lateral jsonb_to_recordset(o.refund_documents) as f (
    id text, amount numeric, date_created_gmt timestamp, line_items jsonb, shipping_lines jsonb, fee_lines jsonb
);

create temporary table booked as
with lines as (
    select o.order_key, null as refund_id, o.order_date as booked_date, l.line_type, l.quantity, l.subtotal, l.total, l.tax
    from orders as o
    cross join lateral (
        select 'product' as line_type, i.quantity, i.subtotal, i.total, i.total_tax as tax
        from jsonb_to_recordset(o.line_items) as i (
            quantity numeric, subtotal numeric, total numeric, total_tax numeric
        )
        union all
        select 'shipping', null, s.total, s.total, s.total_tax
        from jsonb_to_recordset(o.shipping_lines) as s (total numeric, total_tax numeric)
        union all
        select 'fee', null, f.total, f.total, f.total_tax
        from jsonb_to_recordset(o.fee_lines) as f (total numeric, total_tax numeric)
    ) as l
    union all
    select r.order_key, r.refund_id, r.booked_date, l.line_type, l.quantity, l.subtotal, l.total, l.tax
    from refunds as r
    cross join lateral (
        select 'product' as line_type, i.quantity, i.subtotal, i.total, i.total_tax as tax
        from jsonb_to_recordset(r.line_items) as i (
            quantity numeric, subtotal numeric, total numeric, total_tax numeric
        )
        union all
        select 'shipping', null, s.total, s.total, s.total_tax
        from jsonb_to_recordset(r.shipping_lines) as s (total numeric, total_tax numeric)
        union all
        select 'fee', null, f.total, f.total, f.total_tax
        from jsonb_to_recordset(r.fee_lines) as f (total numeric, total_tax numeric)
    ) as l
)

select * from lines
union all
-- what a refund gives back beyond its lines
select r.order_key, r.refund_id, r.booked_date, 'adjustment', null, rest.amount, rest.amount, 0
from refunds as r
left join (
    select refund_id, sum(total + tax) as total from lines where refund_id is not null group by refund_id
) as given on r.refund_id = given.refund_id
cross join lateral (select -r.amount - coalesce(given.total, 0) as amount) as rest
where rest.amount <> 0
union all
-- what the order's own rounding differs by
select o.order_key, null, o.order_date, 'adjustment', null, 0, 0, o.total - placed.total
from orders as o
inner join (
    select order_key, count(*) filter (where tax <> 0) as taxed, sum(total + tax) as total
    from lines
    where refund_id is null
    group by order_key
) as placed on o.order_key = placed.order_key
where o.total <> placed.total and abs(o.total - placed.total) <= 0.01 * placed.taxed;

create temporary table sales as
select
    o.order_key,
    o.store_key,
    o.order_date,
    b.booked_date,
    b.refund_id is null as is_order,
    o.currency_code,
    b.line_type,
    b.quantity,
    case
        when b.line_type = 'adjustment' then true
        when b.line_type = 'product'
            then b.quantity < 0 or (coalesce(b.quantity, 0) = 0 and b.refund_id is not null)
    end as is_reversal,
    b.total + b.tax as total,
    b.tax,
    b.subtotal - b.total as discount
from booked as b
inner join orders as o on b.order_key = o.order_key
where o.counts_as_sale and not o.is_deleted;

analyze sales;
