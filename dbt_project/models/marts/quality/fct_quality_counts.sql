{#- A view: it counts the whole log, which a daily run must not pay for. -#}
{{ config(materialized='view') }}

with counts as (
    select * from {{ ref('int_quality_counts_unioned') }}
),

-- orders are counted where they end up, so that one lost on the way shows
orders as (
    select
        store_key,
        count(*) as modelled_things,
        sum(case when is_return_only then 1 else 0 end) as return_only_orders,
        sum(case when is_adjustment_only then 1 else 0 end) as adjustment_only_orders,
        sum(case when counts_as_sale then 0 else 1 end) as uncounted_orders
    from {{ ref('fct_orders') }}
    where not is_deleted
    group by store_key
),

statuses as (
    select
        store_key,
        coalesce(financial_status, 'none') as status,
        count(*) as orders
    from {{ ref('fct_orders') }}
    where not is_deleted
    group by store_key, coalesce(financial_status, 'none')
),

listed as (
    select
        store_key,
        {{ listed_counts('status', 'orders') }} as order_statuses
    from statuses
    group by store_key
)

select
    counts.store_key,
    counts.platform,
    counts.account_id,
    counts.resource,
    cast(counts.raw_versions as bigint) as raw_versions,
    cast(counts.raw_things as bigint) as raw_things,
    cast(
        case
            when counts.resource = 'orders' then coalesce(orders.modelled_things, 0)
            else counts.staged_things - counts.test_things - counts.deleted_things - counts.excluded_things
        end as bigint
    ) as modelled_things,
    cast(counts.test_things as bigint) as test_things,
    cast(counts.deleted_things as bigint) as deleted_things,
    cast(counts.excluded_things as bigint) as excluded_things,
    cast(counts.unparsable_things as bigint) as unparsable_things,
    cast(case when counts.resource = 'orders' then coalesce(orders.return_only_orders, 0) end as bigint)
        as return_only_orders,
    cast(case when counts.resource = 'orders' then coalesce(orders.adjustment_only_orders, 0) end as bigint)
        as adjustment_only_orders,
    cast(case when counts.resource = 'orders' then coalesce(orders.uncounted_orders, 0) end as bigint)
        as uncounted_orders,
    case when counts.resource = 'orders' then listed.order_statuses end as order_statuses
from counts
left join orders on counts.store_key = orders.store_key
left join listed on counts.store_key = listed.store_key
