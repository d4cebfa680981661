{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': dict(
            platform_batches(['orders', 'payments'], shared_readers=['fct_sales']),
            fct_sales=[],
            bridge_customer_identity=[],
        ),
        'finds': [{
            'grain': 'moved_identity',
            'in': 'int_orders_unioned',
            'by': ['identity_key'],
            'group': 'order_key',
        }],
        'touches': [
            {'grain': 'customer', 'keys': [['customer_key']]},
            {'grain': 'order', 'keys': [['order_key']], 'compare': ['order_key', 'customer_key']},
            {
                'grain': 'store_day',
                'keys': [['store_key', 'order_date']],
                'compare': [
                    'order_key', 'store_key', 'order_date', 'customer_key', 'is_placed', 'counts_as_sale', 'is_deleted',
                ],
            },
        ],
    },
    indexes=[
        {'columns': ['customer_key']},
        {'columns': ['store_key', 'order_date']},
        {'columns': ['observed_at']},
    ],
) }}

with orders as (
    select * from {{ ref('int_orders_unioned') }}
    {{ only_touched('order_key', below=true) }}
),

-- the ledger of each order, summed before the join
sales as (
    select
        order_key,
        sum(case when sale_class = 'reversal' and line_type = 'product' then 1 else 0 end) as returned_rows,
        sum(case when line_type = 'adjustment' then 0 else 1 end) as other_rows,
        sum(case when sale_class = 'sale' then 1 else 0 end) as sale_rows,
        sum(case when line_type = 'adjustment' then 0 else total_amount end) as lines_amount,
        sum(total_amount) as total_amount,
        {{ ledger_sums() }},
        {{ reporting_sums(['net_sales', 'total_sales']) }}
    from {{ ref('fct_sales') }}
    {{ only_touched('order_key') }}
    group by order_key
),

payments as (
    select * from {{ ref('int_payments_unioned') }}
    {{ only_touched('order_key', below=true) }}
)

select
    orders.order_key,
    orders.platform,
    orders.store_key,
    coalesce(people.customer_key, orders.identity_key) as customer_key,
    orders.order_id,
    orders.order_name,
    orders.financial_status,
    orders.fulfillment_status,
    orders.return_status,
    orders.cancel_reason,
    orders.source_name,
    orders.shipping_country_code,
    orders.shipping_province_code,
    orders.is_cancelled,
    orders.is_deleted,
    orders.is_edited,
    orders.counts_as_sale,
    orders.is_placed,
    coalesce(sales.returned_rows > 0 and sales.sale_rows = 0, false) as is_return_only,
    coalesce(sales.other_rows = 0, false) as is_adjustment_only,
    {{ each_metric('case when orders.counts_as_sale then coalesce(sales.{name}, 0) else 0 end as {name}') }},
    coalesce(case when orders.is_adjustment_in_total then sales.total_amount else sales.lines_amount end, 0)
        as ledger_total_amount,
    orders.platform_total_amount,
    orders.is_adjustment_in_total,
    orders.platform_discrepancy_amount,
    coalesce(payments.paid_amount, 0) as paid_amount,
    coalesce(payments.refunded_amount, 0) as refunded_amount,
    orders.currency_code,
    {% for name in ['net_sales', 'total_sales'] %}
        case
            when not orders.counts_as_sale or sales.order_key is null then 0
            else sales.reporting_{{ name }}
        end as reporting_{{ name }},
    {% endfor %}
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    orders.presentment_currency_code,
    orders.placed_at,
    orders.order_date,
    orders.created_at,
    orders.updated_at,
    orders.cancelled_at,
    orders.observed_at
from orders
left join sales on orders.order_key = sales.order_key
left join payments on orders.order_key = payments.order_key
left join {{ ref('bridge_customer_identity') }} as people on orders.identity_key = people.identity_key
where not orders.is_test
