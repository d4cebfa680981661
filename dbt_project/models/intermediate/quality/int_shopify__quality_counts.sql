-- What became of each thing in the log, per account and resource.
{%- set staged = {
    'shop': ('stg_shopify__shops', 'shop_id'),
    'orders': ('stg_shopify__orders', 'order_id'),
    'customers': ('stg_shopify__customers', 'customer_id'),
    'products': ('stg_shopify__products', 'product_id'),
    'inventory_items': ('stg_shopify__inventory_items', 'inventory_item_id'),
    'locations': ('stg_shopify__locations', 'location_id'),
    'abandoned_checkouts': ('stg_shopify__abandoned_checkouts', 'abandoned_checkout_id'),
    'discount_codes': ('stg_shopify__discounts', 'discount_id'),
    'sales_reports': ('stg_shopify__sales_reports', 'report_id'),
    'order_reports': ('stg_shopify__order_reports', 'report_id'),
} %}

with staged as (
    {% for resource, (model, id) in staged.items() %}
        {%- set is_test = 'is_test' if resource == 'orders' else 'false' %}
        {%- set is_excluded = 'coalesce(processed_at, created_at) is null or currency_code is null'
            if resource == 'orders' else 'false' %}
        select
            account_id,
            '{{ resource }}' as resource,
            count(*) as staged_things,
            sum(case when is_deleted then 1 else 0 end) as deleted_things,
            sum(case when not is_deleted and {{ is_test }} then 1 else 0 end) as test_things,
            sum(case when not is_deleted and not {{ is_test }} and ({{ is_excluded }}) then 1 else 0 end)
                as excluded_things
        from {{ ref(model) }}
        group by account_id
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

known as (
    {% for resource, (model, id) in staged.items() %}
        select account_id, '{{ resource }}' as resource, {{ id }} as id from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- nothing readable was ever sent of these; an unreadable version of a known thing leaves the older one in use
unparsable as (
    select
        versions.account_id,
        versions.resource,
        count(distinct versions.id) as unparsable_things
    from {{ ref('stg_shopify__unparsable') }} as versions
    left join known
        on
            versions.account_id = known.account_id
            and versions.resource = known.resource
            and versions.id = known.id
    where known.id is null
    group by versions.account_id, versions.resource
),

raw as (
    select * from {{ ref('stg_shopify__raw_counts') }}
)

select
    raw.store_key,
    raw.account_id,
    raw.resource,
    raw.raw_versions,
    raw.raw_things,
    coalesce(staged.staged_things, 0) as staged_things,
    coalesce(staged.test_things, 0) as test_things,
    coalesce(staged.deleted_things, 0) as deleted_things,
    coalesce(staged.excluded_things, 0) as excluded_things,
    coalesce(unparsable.unparsable_things, 0) as unparsable_things
from raw
left join staged on raw.account_id = staged.account_id and raw.resource = staged.resource
left join unparsable on raw.account_id = unparsable.account_id and raw.resource = unparsable.resource
