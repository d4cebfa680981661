{{ config(
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': {'stg_woocommerce__orders': []},
    },
    indexes=[{'columns': ['refund_key'], 'unique': true}, {'columns': ['order_key']}],
) }}

with orders as (
    select * from {{ ref('stg_woocommerce__orders') }}
    {{ only_touched('order_key') }}
),

refunds as (
    select
        orders.order_key,
        orders.order_id,
        orders.account_id,
        orders.currency_code,
        orders.is_empty,
        orders.observed_at,
        orders._dlt_load_id,
        coalesce(orders.total_amount, 0) as order_total_amount,
        refund.id as refund_id,
        refund.reason,
        refund.line_items,
        refund.shipping_lines,
        refund.fee_lines,
        {{ to_boolean('refund.refunded_payment') }} as is_paid_by_gateway,
        abs({{ to_numeric('refund.amount') }}) as sent_amount,
        {{ utc_or_local('refund.date_created_gmt', 'refund.date_created', 'orders.time_zone_name') }}
            as sent_created_at,
        coalesce(orders.updated_at, orders.created_at) as order_updated_at
    from orders
    {{ unnest_json('orders.refund_documents', 'refund', {
        'id': 'text', 'reason': 'text', 'amount': 'text', 'date_created': 'text', 'date_created_gmt': 'text',
        'refunded_payment': 'text', 'line_items': 'jsonb', 'shipping_lines': 'jsonb', 'fee_lines': 'jsonb',
    }) }}
),

dated as (
    select
        *,
        coalesce(sent_amount, 0) as amount,
        -- without a readable date of its own it happened when the order was last changed
        coalesce(sent_created_at, order_updated_at) as created_at
    from refunds
),

running as (
    select
        *,
        sum(amount) over (
            partition by order_key
            order by created_at, refund_id
            rows between unbounded preceding and current row
        ) as refunded_so_far
    from dated
)

select
    {{ surrogate_key("'woocommerce'", 'account_id', "order_id || ':' || refund_id") }}
        as refund_key,
    order_key,
    order_id,
    account_id,
    refund_id,
    reason,
    is_paid_by_gateway,
    sent_amount,
    amount,
    -- A part given back and then the whole order is the order given back once: nothing is taken beyond its
    -- total. An order that is there to carry its refunds, or cost nothing, has nothing to compare with.
    case
        when is_empty or order_total_amount <= 0 then amount
        else
            least(refunded_so_far, greatest(order_total_amount, 0))
            - least(refunded_so_far - amount, greatest(order_total_amount, 0))
    end as booked_amount,
    currency_code,
    line_items,
    shipping_lines,
    fee_lines,
    sent_created_at,
    created_at,
    observed_at,
    _dlt_load_id
from running
