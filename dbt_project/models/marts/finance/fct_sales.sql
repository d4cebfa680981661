{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': platform_batches(['sales']),
        'touches': [
            {'grain': 'store_day', 'keys': [['store_key', 'booked_date'], ['store_key', 'order_date']]},
        ],
    },
    indexes=[
        {'columns': ['order_key']},
        {'columns': ['store_key', 'booked_date']},
        {'columns': ['store_key', 'order_date']},
        {'columns': ['order_item_key']},
    ],
) }}

with sales as (
    select * from {{ ref('int_sales_unioned') }}
    {{ only_touched('order_key', below=true) }}
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
    happened_at,
    booked_date,
    order_date,
    observed_at
from sales
