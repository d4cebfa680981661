-- Shown as failing, blocks nothing: the text stays in the log and the latest readable version in use.
-- It passes again once a readable version has come.
{{ config(severity='warn', meta=shown_at('stg_shopify__unparsable')) }}
{%- set staged = {
    'shop': ('stg_shopify__shops', 'store_key'),
    'orders': ('stg_shopify__orders', 'order_key'),
    'customers': ('stg_shopify__customers', 'customer_key'),
    'products': ('stg_shopify__products', 'product_parent_key'),
    'inventory_items': ('stg_shopify__inventory_items', 'inventory_item_key'),
    'locations': ('stg_shopify__locations', 'location_key'),
    'abandoned_checkouts': ('stg_shopify__abandoned_checkouts', 'abandoned_checkout_key'),
    'discount_codes': ('stg_shopify__discounts', 'discount_key'),
    'sales_reports': ('stg_shopify__sales_reports', 'sales_report_key'),
    'order_reports': ('stg_shopify__order_reports', 'order_report_key'),
} %}

with versions as (
    select
        *,
        case
            when resource = 'shop' then {{ surrogate_key("'shopify'", 'account_id', "'store'") }}
            else {{ surrogate_key("'shopify'", 'account_id', 'id') }}
        end as staged_key
    from {{ ref('stg_shopify__unparsable') }}
)

{% for resource, (model, key) in staged.items() %}
    select versions.account_id, versions.resource, versions.id, versions._dlt_load_id
    from versions
    left join lateral (
        -- fenced: by the key, version by version; there are few
        select max(staged.observed_at) as observed_at
        from {{ ref(model) }} as staged
        where staged.{{ key }} = versions.staged_key and staged.observed_at > versions.observed_at
    ) as healed on true
    where versions.resource = '{{ resource }}' and healed.observed_at is null
    {% if not loop.last %}union all{% endif %}
{% endfor %}
