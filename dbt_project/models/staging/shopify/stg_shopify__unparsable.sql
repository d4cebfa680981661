{#- Versions that nobody could read. They stay in the log, an older readable version stays in use, and
    assert_every_document_can_be_read fails. Append-only, like the log. -#}
{{ config(
    incremental_strategy='append',
    meta={'raw_all': 'shopify'},
    indexes=[{'columns': ['account_id', 'resource', 'id']}],
) }}
{{ unparsable_versions('shopify', [
    'shop', 'orders', 'customers', 'products', 'inventory_items', 'locations', 'abandoned_checkouts',
    'discount_codes', 'sales_reports', 'order_reports',
]) }}
