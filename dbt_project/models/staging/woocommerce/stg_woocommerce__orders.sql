{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'orders'},
        'grain': 'account',
        'group_by': ['order_key'],
        'native_id': 'order_id',
        'consumes': {'stg_woocommerce__settings': []},
        'touches': [
            {
                'grain': 'order',
                'keys': [['order_key']],
                'compare': [
                    'order_key', 'observed_at', '_dlt_load_id', 'is_deleted', 'time_zone_name', 'store_key',
                    'currency_code', 'price_decimals', 'counts_as_sale', 'report_date_type',
                ],
            },
            {
                'grain': 'identity',
                'keys': [['identity_key']],
                'compare': ['identity_key', 'email', 'first_observed_at', 'created_at'],
            },
        ],
    },
    indexes=[
        {'columns': ['order_key'], 'unique': true},
        {'columns': ['account_id', 'order_id']},
        {'columns': ['identity_key']},
    ],
) }}
{%- set customer_id = "nullif(nullif(orders.customer_id, '0'), '')" -%}
{%- set email = normalised_email(json_text('orders.billing', 'email')) -%}
{%- set never_a_sale = "'trash', 'checkout-draft', 'auto-draft'" -%}
{%- set sale_unless_set = "'pending', 'failed', 'cancelled'" -%}

with documents as (
    {{ latest_documents('woocommerce', 'orders') }}
),

sites as (
    select * from {{ ref('stg_woocommerce__settings') }}
),

orders as (
    select
        documents.*,
        doc.*,
        {{ without_prefix('doc.status', 'wc-') }} as order_status,
        coalesce(sites.time_zone_name, 'UTC') as time_zone_name,
        sites.currency_code as site_currency_code,
        coalesce(sites.price_decimals, 2) as price_decimals,
        sites.excluded_report_statuses,
        coalesce(sites.report_date_type, 'date_created') as report_date_type
    from documents
    left join sites on documents.account_id = sites.account_id
    {{ unpack_document('documents.document', 'doc', {
        'number': 'text', 'parent_id': 'text', 'status': 'text', 'currency': 'text', 'customer_id': 'text',
        'created_via': 'text', 'version': 'text', 'billing': 'jsonb', 'shipping': 'jsonb',
        'payment_method': 'text', 'payment_method_title': 'text', 'transaction_id': 'text',
        'customer_note': 'text', 'meta_data': 'jsonb', 'prices_include_tax': 'text', 'total': 'text',
        'total_tax': 'text', 'cart_tax': 'text', 'shipping_total': 'text', 'shipping_tax': 'text',
        'discount_total': 'text', 'discount_tax': 'text', 'line_items': 'jsonb', 'shipping_lines': 'jsonb',
        'fee_lines': 'jsonb', 'coupon_lines': 'jsonb', 'tax_lines': 'jsonb', 'refunds': 'jsonb',
        'refund_documents': 'jsonb', 'date_created': 'text', 'date_created_gmt': 'text',
        'date_modified': 'text', 'date_modified_gmt': 'text', 'date_paid': 'text', 'date_paid_gmt': 'text',
        'date_completed': 'text', 'date_completed_gmt': 'text',
    }) }}
)

select
    {{ surrogate_key("'woocommerce'", 'account_id', 'id') }} as order_key,
    -- derived, not looked up: an order may arrive before its site's settings
    {{ surrogate_key("'woocommerce'", 'account_id', "'store'") }} as store_key,
    account_id,
    id as order_id,
    coalesce(nullif(number, ''), id) as order_name,
    nullif(parent_id, '0') as parent_order_id,
    {{ customer_id }} as customer_id,
    {{ email }} as email,
    {{ order_identity("'woocommerce'", 'orders.account_id', customer_id, email, 'orders.id') }}
        as identity_key,
    {{ order_identity_type(customer_id, email) }} as identity_type,
    time_zone_name,
    -- 'XXX' is ISO 4217 for no currency: an order is not lost because nobody says what it was paid in
    coalesce({{ to_currency('currency') }}, site_currency_code, 'XXX') as currency_code,
    currency as sent_currency_code,
    order_status as status,
    created_via,
    version,
    payment_method,
    payment_method_title,
    nullif(transaction_id, '') as transaction_id,
    customer_note,
    nullif(coalesce(
        nullif({{ json_text('shipping', 'country') }}, ''), {{ json_text('billing', 'country') }}
    ), '') as shipping_country_code,
    nullif(coalesce(
        nullif({{ json_text('shipping', 'state') }}, ''), {{ json_text('billing', 'state') }}
    ), '') as shipping_province_code,
    meta_data,
    is_deleted,
    -- what the shop's own report leaves out, by its setting or by WooCommerce's default
    coalesce(order_status, '') not in ({{ never_a_sale }})
    and not coalesce(
        {{ json_has_text('excluded_report_statuses', 'order_status') }},
        order_status in ({{ sale_unless_set }}),
        false
    ) as counts_as_sale,
    report_date_type,
    {{ to_boolean('prices_include_tax') }} as is_tax_included,
    -- made by hand to carry a refund, or blank
    not {{ json_has_units('line_items') }}
    and not {{ json_has_objects('shipping_lines') }}
    and not {{ json_has_objects('fee_lines') }} as is_empty,
    price_decimals,
    {{ to_numeric('total') }} as total_amount,
    {{ to_numeric('total_tax') }} as tax_amount,
    {{ to_numeric('cart_tax') }} as cart_tax_amount,
    {{ to_numeric('shipping_total') }} as shipping_amount,
    {{ to_numeric('shipping_tax') }} as shipping_tax_amount,
    {{ to_numeric('discount_total') }} as discount_amount,
    {{ to_numeric('discount_tax') }} as discount_tax_amount,
    {{ json_sum('refund_documents', 'amount') }} as refunded_amount,
    -- how the buyer came, as WooCommerce noted it (since 8.5, where order attribution is switched on)
    {% for part in ['source_type', 'utm_source', 'utm_medium', 'utm_campaign', 'referrer', 'session_entry'] %}
        {{ json_entry('meta_data', '_wc_order_attribution_' ~ part) }} as attribution_{{ part }},
    {% endfor %}
    -- kept whole for the child models, which unpack them for the orders that changed
    line_items,
    shipping_lines,
    fee_lines,
    coupon_lines,
    tax_lines,
    refunds,
    refund_documents,
    {{ utc_or_local('date_created_gmt', 'date_created', 'time_zone_name') }} as created_at,
    {{ utc_or_local('date_modified_gmt', 'date_modified', 'time_zone_name') }} as updated_at,
    {{ utc_or_local('date_paid_gmt', 'date_paid', 'time_zone_name') }} as paid_at,
    {{ utc_or_local('date_completed_gmt', 'date_completed', 'time_zone_name') }} as completed_at,
    first_observed_at,
    observed_at,
    _dlt_load_id
from orders
{{ former_identity(
    'woocommerce',
    of='orders',
    customer_id="nullif(nullif(" ~ json_text('version.document', 'customer_id') ~ ", '0'), '')",
    email=json_text('version.document', 'billing', 'email'),
    wanted=customer_id ~ ' is null and ' ~ email_key(email) ~ ' is null',
) }}
