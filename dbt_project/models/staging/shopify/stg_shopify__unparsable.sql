{#- Versions that nobody could read. They stay in the log, an older readable version stays in use, and
    assert_every_document_can_be_read fails. Append-only, like the log. -#}
{%- set resources = [
    'shop', 'orders', 'customers', 'products', 'inventory_items', 'locations', 'abandoned_checkouts',
    'discount_codes', 'sales_reports', 'order_reports',
] -%}
{{ config(
    incremental_strategy='append',
    meta={'raw_all': 'shopify'},
    indexes=[{'columns': ['account_id', 'resource', 'id']}],
) }}
{% for resource in resources if raw_relation('shopify', resource) %}
    select
        arrived.account_id,
        '{{ resource }}' as resource,
        arrived.id,
        arrived.document_hash,
        arrived.observed_at,
        arrived._dlt_load_id
    from ({{ rows_of_loads('shopify', resource) }}) as arrived
    where not arrived.is_deleted and {{ read_json('arrived.document') }} is null
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
