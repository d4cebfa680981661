{#- A view, and the only model that counts the whole log: paid for by whoever looks at the quality report. -#}
{{ config(materialized='view') }}
{{ count_log('shopify', [
    'shop', 'orders', 'customers', 'products', 'inventory_items', 'locations', 'abandoned_checkouts',
    'discount_codes', 'sales_reports', 'order_reports',
]) }}
