{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'orders'},
        'grain': 'account',
        'group_by': ['order_key'],
        'native_id': 'order_id',
        'consumes': {'stg_shopify__shops': []},
        'touches': [
            {
                'grain': 'order',
                'keys': [['order_key']],
                'compare': ['order_key', 'observed_at', '_dlt_load_id', 'is_deleted', 'time_zone_name', 'store_key'],
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

with documents as (
    {{ latest_documents('shopify', 'orders') }}
),

shops as (
    select * from {{ ref('stg_shopify__shops') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as order_key,
    -- derived, not looked up: an order may arrive before its shop
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as order_id,
    doc.name as order_name,
    {{ json_text('doc.customer', 'id') }} as customer_id,
    {{ normalised_email('doc.email') }} as email,
    {{ order_identity(
        "'shopify'",
        'documents.account_id',
        json_text('doc.customer', 'id'),
        normalised_email('doc.email'),
        'documents.id',
    ) }} as identity_key,
    {{ order_identity_type(json_text('doc.customer', 'id'), normalised_email('doc.email')) }}
        as identity_type,
    coalesce(shops.time_zone_name, 'UTC') as time_zone_name,
    doc."currencyCode" as currency_code,
    doc."presentmentCurrencyCode" as presentment_currency_code,
    doc."displayFinancialStatus" as financial_status,
    doc."displayFulfillmentStatus" as fulfillment_status,
    doc."returnStatus" as return_status,
    doc."cancelReason" as cancel_reason,
    doc."sourceName" as source_name,
    doc."customerLocale" as customer_locale,
    doc.note,
    {{ json_text('doc."shippingAddress"', 'countryCodeV2') }} as shipping_country_code,
    {{ json_text('doc."shippingAddress"', 'provinceCode') }} as shipping_province_code,
    {{ json_text('doc."shippingAddress"', 'city') }} as shipping_city,
    {{ json_text('doc."shippingAddress"', 'zip') }} as shipping_zip,
    doc.tags,
    doc."discountCodes" as discount_codes,
    doc."paymentGatewayNames" as payment_gateway_names,
    documents.is_deleted,
    coalesce({{ to_boolean('doc.test') }}, false) as is_test,
    {{ to_boolean('doc.confirmed') }} as is_confirmed,
    {{ to_boolean('doc.edited') }} as is_edited,
    {{ to_boolean('doc."taxesIncluded"') }} as is_tax_included,
    -- the agreement of placing it, even an empty one; an order that only carries a return has none
    {{ json_has_element('doc.agreements', '__typename', 'OrderAgreement') }} as is_placed,
    {{ shop_money('doc."originalTotalPriceSet"') }} as original_total_amount,
    {{ shop_money('doc."totalPriceSet"') }} as total_amount,
    {{ shop_money('doc."currentTotalPriceSet"') }} as current_total_amount,
    {{ shop_money('doc."subtotalPriceSet"') }} as subtotal_amount,
    {{ shop_money('doc."totalDiscountsSet"') }} as discount_amount,
    {{ shop_money('doc."totalTaxSet"') }} as tax_amount,
    {{ shop_money('doc."currentTotalTaxSet"') }} as current_tax_amount,
    {{ shop_money('doc."totalShippingPriceSet"') }} as shipping_amount,
    {{ shop_money('doc."totalRefundedSet"') }} as refunded_amount,
    {{ shop_money('doc."totalReceivedSet"') }} as received_amount,
    {{ shop_money('doc."netPaymentSet"') }} as net_payment_amount,
    {{ shop_money('doc."totalOutstandingSet"') }} as outstanding_amount,
    {{ shop_money('doc."refundDiscrepancySet"') }} as refund_discrepancy_amount,
    {{ shop_money('doc."totalTipReceivedSet"') }} as tip_amount,
    {% set journey = 'coalesce(doc."customerJourneySummary", told.value)' %}
    -- the visits that led to the order; not ready for a while after it was placed
    {{ to_boolean(json_text(journey, 'ready')) }} as is_journey_ready,
    {% for visit in ['first', 'last'] %}
        {%- set found = json_value(journey, visit ~ 'Visit') %}
        {#- the only visit is the last one, too; Shopify does not always repeat it #}
        {%- if visit == 'last' %}
            {%- set found = (
                '(case when ' ~ json_text(journey, 'momentsCount', 'count') ~ " = '1' then "
                ~ json_value(journey, 'firstVisit') ~ ' else ' ~ found ~ ' end)'
            ) %}
        {%- endif %}
        {{ to_timestamp(json_text(found, 'occurredAt')) }} as {{ visit }}_visit_at,
        {{ json_text(found, 'source') }} as {{ visit }}_visit_source,
        {{ json_text(found, 'sourceType') }} as {{ visit }}_visit_source_type,
        {{ json_text(found, 'referrerUrl') }} as {{ visit }}_visit_referrer_url,
        {{ json_text(found, 'landingPage') }} as {{ visit }}_visit_landing_page_url,
        {% for part in ['source', 'medium', 'campaign'] %}
            {{ json_text(found, 'utmParameters', part) }} as {{ visit }}_visit_utm_{{ part }},
        {% endfor %}
    {% endfor %}
    -- kept whole for the child models, which unpack them for the orders that changed
    doc."lineItems" as line_items,
    doc."shippingLines" as shipping_lines,
    doc."discountApplications" as discount_applications,
    doc.transactions,
    doc.fulfillments,
    doc.refunds,
    doc.agreements,
    {{ to_timestamp('doc."createdAt"') }} as created_at,
    {{ to_timestamp('doc."processedAt"') }} as processed_at,
    {{ to_timestamp('doc."updatedAt"') }} as updated_at,
    {{ to_timestamp('doc."cancelledAt"') }} as cancelled_at,
    {{ to_timestamp('doc."closedAt"') }} as closed_at,
    documents.first_observed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
left join shops on documents.account_id = shops.account_id
{{ unpack_document('documents.document', 'doc', {
    'name': 'text', 'customer': 'jsonb', 'email': 'text', 'currencyCode': 'text',
    'presentmentCurrencyCode': 'text', 'displayFinancialStatus': 'text', 'displayFulfillmentStatus': 'text',
    'returnStatus': 'text', 'cancelReason': 'text', 'sourceName': 'text', 'customerLocale': 'text',
    'note': 'text', 'shippingAddress': 'jsonb', 'tags': 'jsonb', 'discountCodes': 'jsonb',
    'paymentGatewayNames': 'jsonb', 'test': 'text', 'confirmed': 'text', 'edited': 'text',
    'customerJourneySummary': 'jsonb',
    'taxesIncluded': 'text', 'originalTotalPriceSet': 'jsonb', 'totalPriceSet': 'jsonb',
    'currentTotalPriceSet': 'jsonb', 'subtotalPriceSet': 'jsonb', 'totalDiscountsSet': 'jsonb',
    'totalTaxSet': 'jsonb', 'currentTotalTaxSet': 'jsonb', 'totalShippingPriceSet': 'jsonb',
    'totalRefundedSet': 'jsonb', 'totalReceivedSet': 'jsonb', 'netPaymentSet': 'jsonb',
    'totalOutstandingSet': 'jsonb', 'refundDiscrepancySet': 'jsonb', 'totalTipReceivedSet': 'jsonb',
    'lineItems': 'jsonb', 'shippingLines': 'jsonb', 'discountApplications': 'jsonb',
    'transactions': 'jsonb', 'fulfillments': 'jsonb', 'refunds': 'jsonb', 'agreements': 'jsonb',
    'createdAt': 'text', 'processedAt': 'text', 'updatedAt': 'text', 'cancelledAt': 'text', 'closedAt': 'text',
}) }}
{{ former_value(
    'shopify',
    'orders',
    of='documents',
    key='customerJourneySummary',
    wanted='doc."customerJourneySummary" is null and not ' ~ json_has('documents.document', 'customerJourneySummary'),
    alias='told',
) }}
{{ former_identity(
    'shopify',
    of='documents',
    customer_id=json_text('version.document', 'customer', 'id'),
    email=json_text('version.document', 'email'),
    wanted=json_text('doc.customer', 'id') ~ ' is null and ' ~ email_key(normalised_email('doc.email')) ~ ' is null',
) }}
