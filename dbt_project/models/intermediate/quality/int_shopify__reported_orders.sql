-- The orders that the shop named for the days it was asked about, measure by measure, with our signs.
with named as (
    select
        questions.store_key,
        questions.account_id,
        questions.report_date,
        questions.has_measures,
        one.id as order_id,
        one.name as order_name,
        one.measures,
        coalesce({{ to_boolean('one."isGone"') }}, false) as is_gone,
        coalesce({{ to_boolean('one.test') }}, false) as is_test,
        {{ to_timestamp('one."updatedAt"') }} as updated_at,
        {{ to_timestamp('one."processedAt"') }} as processed_at,
        (
            select max({{ to_timestamp('agreement."happenedAt"') }})
            from (select one.agreements) as booked
            {{ unnest_json('booked.agreements', 'agreement', {'happenedAt': 'text', 'reason': 'text'}) }}
            where agreement.reason = 'ORDER_EDIT'
        ) as edited_at,
        {{ shop_money('one."currentTotalPriceSet"') }} as current_total_amount
    from {{ ref('stg_shopify__order_reports') }} as questions
    {{ unnest_json('questions.orders', 'one', {
        'id': 'text', 'name': 'text', 'isGone': 'text', 'test': 'text', 'updatedAt': 'text',
        'processedAt': 'text', 'currentTotalPriceSet': 'jsonb', 'measures': 'jsonb', 'agreements': 'jsonb',
    }) }}
    where not questions.is_deleted and one.id is not null
),

dated as (
    select
        named.*,
        {{ local_date('named.processed_at', "coalesce(shops.time_zone_name, 'UTC')") }} as placed_on
    from named
    left join {{ ref('stg_shopify__shops') }} as shops on named.store_key = shops.store_key
)

select
    dated.store_key,
    dated.report_date as date_day,
    {{ surrogate_key("'shopify'", 'dated.account_id', 'dated.order_id') }} as order_key,
    dated.order_id,
    dated.order_name,
    measured.measure,
    case
        when dated.has_measures then coalesce(measured.amount, 0)
        when dated.is_test then 0
        when measured.measure = 'orders' and dated.placed_on = dated.report_date then 1
        when measured.measure = 'orders' then 0
    end as theirs,
    -- what the order comes to by now: without figures by order, the change since our version is told by it
    case when measured.measure = 'total_sales' then dated.current_total_amount end as version_total_amount,
    -- an order is edited by a booking of its own, on the day of the edit
    cast(null as numeric) as sold_amount,
    cast(null as text) as order_status,
    case when dated.has_measures then dated.measures is not null else not dated.is_test end as is_counted,
    dated.is_gone as is_deleted,
    dated.is_test,
    dated.updated_at,
    dated.edited_at
from dated
{{ measure_rows('measured', {
    'orders': to_numeric(json_text('dated.measures', 'orders')),
    'gross_sales': to_numeric(json_text('dated.measures', 'gross_sales')),
    'discounts': '-' ~ to_numeric(json_text('dated.measures', 'discounts')),
    'sales_reversals': to_numeric(json_text('dated.measures', 'sales_reversals')),
    'net_sales': to_numeric(json_text('dated.measures', 'net_sales')),
    'shipping': to_numeric(json_text('dated.measures', 'shipping_charges')),
    'taxes': to_numeric(json_text('dated.measures', 'taxes')),
    'duties': to_numeric(json_text('dated.measures', 'duties')),
    'fees': to_numeric(json_text('dated.measures', 'additional_fees')),
    'total_sales': to_numeric(json_text('dated.measures', 'total_sales')),
}) }}
where dated.has_measures or measured.measure in ('orders', 'total_sales')
