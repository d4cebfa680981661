-- The orders that the shop named for the days it was asked about: their own rows and those of their refunds,
-- which are on the day of the refund.
with listed as (
    select
        questions.store_key,
        questions.account_id,
        questions.report_date,
        row_sent.order_id = coalesce(nullif(row_sent.parent_id, '0'), row_sent.order_id) as is_order,
        coalesce(nullif(row_sent.parent_id, '0'), row_sent.order_id) as order_id,
        row_sent.order_number,
        row_sent.status,
        {{ to_numeric('row_sent.net_total') }} as net_amount,
        {{ to_numeric('row_sent.total_sales') }} as total_amount
    from {{ ref('stg_woocommerce__order_reports') }} as questions
    {{ unnest_json('questions.report_rows', 'row_sent', {
        'order_id': 'text', 'parent_id': 'text', 'order_number': 'text', 'status': 'text', 'net_total': 'text',
        'total_sales': 'text',
    }) }}
    where not questions.is_deleted and row_sent.order_id is not null
),

summed as (
    select
        store_key,
        account_id,
        report_date,
        order_id,
        max(order_number) as order_number,
        max(status) as status,
        sum(case when is_order then 1 else 0 end) as orders,
        sum(net_amount) as net_revenue,
        sum(total_amount) as total_sales,
        sum(case when is_order then total_amount end) as sold_amount
    from listed
    group by store_key, account_id, report_date, order_id
)

select
    summed.store_key,
    summed.report_date as date_day,
    {{ surrogate_key("'woocommerce'", 'summed.account_id', 'summed.order_id') }} as order_key,
    summed.order_id,
    summed.order_number as order_name,
    measured.measure,
    round(measured.amount, 6) as theirs,
    cast(null as numeric) as version_total_amount,
    -- an order is edited in place: what it sold becomes something else
    round(summed.sold_amount, 6) as sold_amount,
    summed.status as order_status,
    true as is_counted,
    false as is_deleted,
    false as is_test,
    cast(null as timestamptz) as updated_at,
    cast(null as timestamptz) as edited_at
from summed
{{ measure_rows('measured', {
    'orders': 'summed.orders',
    'net_revenue': 'summed.net_revenue',
    'total_sales': 'summed.total_sales',
}) }}
