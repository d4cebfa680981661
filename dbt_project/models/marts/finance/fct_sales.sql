{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': dict(platform_batches(['sales']), dim_exchange_rate=[], bridge_customer_identity=[]),
        'finds': [
            {'grain': 'currency_day', 'in': 'fct_sales', 'by': ['currency_code', 'booked_date'], 'group': 'order_key'},
            {'grain': 'moved_identity', 'in': 'int_orders_unioned', 'by': ['identity_key'], 'group': 'order_key'},
        ],
        'touches': [
            {'grain': 'store_day', 'keys': [['store_key', 'booked_date'], ['store_key', 'order_date']]},
            {
                'grain': 'order',
                'keys': [['order_key']],
                'compare': ['order_key', 'sale_key', 'reporting_total_amount', 'reporting_net_amount'],
            },
        ],
    },
    indexes=[
        {'columns': ['order_key']},
        {'columns': ['store_key', 'booked_date']},
        {'columns': ['store_key', 'order_date']},
        {'columns': ['order_item_key']},
        {'columns': ['currency_code', 'booked_date']},
        {'columns': ['observed_at']},
    ],
) }}

with sales as (
    select * from {{ ref('int_sales_unioned') }}
    {{ only_touched('order_key', below=true) }}
),

priced as (
    select
        sales.*,
        coalesce(people.customer_key, sales.identity_key) as customer_key,
        {{ reporting_rate_of('sales.currency_code', 'rates') }} as reporting_rate,
        {{ reporting_rate_date_of('sales.currency_code', 'sales.booked_date', 'rates') }}
            as exchange_rate_date
    from sales
    left join {{ ref('bridge_customer_identity') }} as people on sales.identity_key = people.identity_key
    left join {{ ref('dim_exchange_rate') }} as rates
        on sales.currency_code = rates.currency_code and sales.booked_date = rates.date_day
)

select
    sale_key,
    platform,
    store_key,
    order_key,
    order_item_key,
    product_key,
    customer_key,
    event_type,
    line_type,
    case
        when line_type not in ('product', 'adjustment') then null
        when
            quantity < 0
            or line_type = 'adjustment'
            or (coalesce(quantity, 0) = 0 and event_type in ('return', 'refund'))
            then 'reversal'
        else 'sale'
    end as sale_class,
    counts_as_sale,
    quantity,
    gross_amount,
    discount_amount,
    net_amount,
    tax_amount,
    total_amount,
    currency_code,
    presentment_gross_amount,
    presentment_discount_amount,
    presentment_net_amount,
    presentment_tax_amount,
    presentment_total_amount,
    presentment_currency_code,
    {{ in_reporting_money('gross_amount', 'reporting_rate') }} as reporting_gross_amount,
    {{ in_reporting_money('discount_amount', 'reporting_rate') }} as reporting_discount_amount,
    {{ in_reporting_money('net_amount', 'reporting_rate') }} as reporting_net_amount,
    {{ in_reporting_money('tax_amount', 'reporting_rate') }} as reporting_tax_amount,
    {{ in_reporting_money('total_amount', 'reporting_rate') }} as reporting_total_amount,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    exchange_rate_date,
    happened_at,
    booked_date,
    order_date,
    observed_at
from priced
