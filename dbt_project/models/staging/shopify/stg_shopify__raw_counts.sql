{#- A view, and the only model that counts the whole log: paid for by whoever looks at the quality report. -#}
{{ config(materialized='view') }}
{%- set resources = [
    'shop', 'orders', 'customers', 'products', 'inventory_items', 'locations', 'abandoned_checkouts',
    'discount_codes', 'sales_reports', 'order_reports',
] -%}
{% for resource in resources if raw_relation('shopify', resource) %}
    select
        {{ surrogate_key("'shopify'", 'raw.account_id', "'store'") }} as store_key,
        raw.account_id,
        '{{ resource }}' as resource,
        count(*) as raw_versions,
        count(distinct raw.id) as raw_things
    from {{ source('raw_shopify', resource) }} as raw
    where raw._dlt_load_id in ({{ completed_loads('shopify') }})
    group by raw.account_id
    union all
{% endfor %}
select
    cast(null as text) as store_key,
    cast(null as text) as account_id,
    cast(null as text) as resource,
    cast(null as bigint) as raw_versions,
    cast(null as bigint) as raw_things
where false
