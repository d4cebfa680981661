{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'customer',
        'group_by': ['customer_key'],
        'consumes': dict(platform_batches(['customers']), bridge_customer_identity=[], fct_orders=[]),
        'finds': [{
            'grain': 'identity',
            'in': 'bridge_customer_identity',
            'by': ['identity_key'],
            'group': 'customer_key',
        }],
        'touches': [{
            'grain': 'store_day',
            'keys': [['first_order_store_key', 'first_order_date']],
            'compare': ['customer_key', 'first_order_store_key', 'first_order_date', 'first_order_key'],
        }],
    },
    indexes=[{'columns': ['first_order_store_key', 'first_order_date']}],
) }}

with identities as (
    select * from {{ ref('bridge_customer_identity') }}
    {{ only_touched('customer_key', below=true) }}
),

persons as (
    select
        customer_key,
        count(case when identity_type = 'customer' then 1 end) as customer_ids
    from identities
    group by customer_key
),

-- what the platforms keep of the person: the living before the deleted, what was changed last before the rest
customers as (
    select
        identities.customer_key,
        customers.platform,
        customers.store_key,
        customers.customer_name,
        customers.email,
        customers.country_code,
        customers.currency_code,
        customers.is_deleted,
        row_number() over (
            partition by identities.customer_key
            order by
                customers.is_deleted asc, customers.updated_at desc nulls last, customers.identity_key asc
        ) as recency
    from identities
    inner join {{ ref('int_customers_unioned') }} as customers
        on identities.identity_key = customers.identity_key
    {% if is_incremental() %}
        where customers.identity_key {{ any_of('select wanted.identity_key from identities as wanted') }}
    {% endif %}
),

orders as (
    select
        *,
        row_number() over (
            partition by customer_key
            order by case when is_placed then 1 else 2 end, placed_at, order_key
        ) as number
    from {{ ref('fct_orders') }}
    {{ only_touched('customer_key', below=true) }}
),

histories as (
    select
        customer_key,
        max(case when number = 1 then platform end) as platform,
        max(case when number = 1 then store_key end) as store_key,
        max(case when number = 1 and is_placed then store_key end) as first_order_store_key,
        max(case when number = 1 and is_placed then order_key end) as first_order_key,
        max(case when number = 1 and is_placed then order_date end) as first_order_date,
        min(case when is_placed then placed_at end) as first_order_at,
        max(case when is_placed then placed_at end) as last_order_at,
        max(case when is_placed then order_date end) as last_order_date,
        sum(case when is_placed then 1 else 0 end) as order_count,
        case when min(currency_code) = max(currency_code) then max(currency_code) end as currency_code,
        case when min(currency_code) = max(currency_code) then sum(total_sales) end as total_spent,
        case when count(*) = count(reporting_total_sales) then sum(reporting_total_sales) end
            as reporting_total_spent,
        max(shipping_country_code) as country_code
    from orders
    group by customer_key
),

joined as (
    select
        persons.customer_key,
        coalesce(histories.platform, customers.platform) as platform,
        coalesce(histories.store_key, customers.store_key) as store_key,
        histories.first_order_store_key,
        histories.first_order_key,
        persons.customer_ids,
        case when not customers.is_deleted then customers.customer_name end as customer_name,
        case when not customers.is_deleted then customers.email end as email,
        coalesce(customers.country_code, histories.country_code) as country_code,
        customers.customer_key is null as is_guest,
        coalesce(customers.is_deleted, false) as is_deleted,
        coalesce(histories.order_count, 0) as order_count,
        case when histories.customer_key is null then 0 else histories.total_spent end as total_spent,
        case when histories.customer_key is null then customers.currency_code else histories.currency_code end
            as currency_code,
        case when histories.customer_key is null then 0 else histories.reporting_total_spent end
            as reporting_total_spent,
        histories.first_order_at,
        histories.last_order_at,
        histories.first_order_date,
        histories.last_order_date
    from persons
    left join customers on persons.customer_key = customers.customer_key and customers.recency = 1
    left join histories on persons.customer_key = histories.customer_key
)

select
    joined.customer_key,
    joined.platform,
    joined.store_key,
    joined.first_order_store_key,
    joined.first_order_key,
    joined.customer_ids,
    joined.customer_name,
    joined.email,
    joined.country_code,
    case
        when joined.reporting_total_spent is null then null
        when joined.reporting_total_spent >= {{ var('segment_vip_from') }} then 'vip'
        when joined.reporting_total_spent >= {{ var('segment_high_from') }} then 'high'
        when joined.reporting_total_spent >= {{ var('segment_medium_from') }} then 'medium'
        else 'low'
    end as segment,
    joined.is_guest,
    joined.is_deleted,
    joined.order_count,
    joined.total_spent,
    {{ ratio('joined.total_spent', 'joined.order_count') }} as average_order_value,
    joined.currency_code,
    joined.reporting_total_spent,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    joined.first_order_at,
    joined.last_order_at,
    joined.first_order_date,
    joined.last_order_date
from joined
-- an address that leads nowhere and never ordered is nobody
where joined.platform is not null
