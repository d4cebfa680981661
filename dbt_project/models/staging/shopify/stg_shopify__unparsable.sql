{#- Versions that nobody could read. They stay in the log, an older readable version stays in use, and
    assert_every_document_can_be_read fails. Append-only, like the log. -#}
{%- set resources = [
    'shop', 'orders', 'customers', 'products', 'inventory_items', 'locations', 'abandoned_checkouts',
    'discount_codes', 'sales_reports',
] -%}
{{ config(
    incremental_strategy='append',
    meta={'raw_all': 'shopify'},
    indexes=[{'columns': ['account_id', 'resource', 'id']}],
) }}
{% for resource in resources if raw_relation('shopify', resource) %}
    select
        raw.account_id,
        '{{ resource }}' as resource,
        raw.id,
        raw.document_hash,
        raw.observed_at,
        raw._dlt_load_id
    from {{ source('raw_shopify', resource) }} as raw
    where
        not raw.is_deleted
        and raw._dlt_load_id in ({{ new_loads('shopify') }})
        and {{ read_json('raw.document') }} is null
    union all
{% endfor %}
select
    cast(null as text) as account_id,
    cast(null as text) as resource,
    cast(null as text) as id,
    cast(null as text) as document_hash,
    cast(null as timestamptz) as observed_at,
    cast(null as text) as _dlt_load_id
where false
