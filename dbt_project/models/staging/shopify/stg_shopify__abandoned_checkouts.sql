{{ config(
    meta={
        'raw': {'platform': 'shopify', 'resource': 'abandoned_checkouts'},
        'group_by': ['abandoned_checkout_key'],
        'native_id': 'abandoned_checkout_id',
        'touches': [{'grain': 'abandoned_checkout', 'keys': [['abandoned_checkout_key']]}],
    },
    indexes=[{'columns': ['abandoned_checkout_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('shopify', 'abandoned_checkouts') }}
)

select
    {{ surrogate_key("'shopify'", 'documents.account_id', 'documents.id') }} as abandoned_checkout_key,
    {{ surrogate_key("'shopify'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as abandoned_checkout_id,
    checkout.name as checkout_name,
    {{ json_text('checkout.customer', 'id') }} as customer_id,
    checkout."discountCodes" as discount_codes,
    checkout."lineItems" as line_items,
    documents.is_deleted,
    {{ to_boolean('checkout."taxesIncluded"') }} as is_tax_included,
    {{ shop_money('checkout."totalPriceSet"') }} as total_amount,
    {{ shop_money('checkout."subtotalPriceSet"') }} as subtotal_amount,
    {{ shop_money('checkout."totalTaxSet"') }} as tax_amount,
    {{ shop_money('checkout."totalDiscountSet"') }} as discount_amount,
    {{ shop_money('checkout."totalLineItemsPriceSet"') }} as line_items_amount,
    {{ json_text('checkout."totalPriceSet"', 'shopMoney', 'currencyCode') }} as currency_code,
    {{ to_timestamp('checkout."createdAt"') }} as created_at,
    {{ to_timestamp('checkout."updatedAt"') }} as updated_at,
    {{ to_timestamp('checkout."completedAt"') }} as completed_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'checkout', {
    'name': 'text',
    'customer': 'jsonb',
    'discountCodes': 'jsonb',
    'lineItems': 'jsonb',
    'taxesIncluded': 'text',
    'totalPriceSet': 'jsonb',
    'subtotalPriceSet': 'jsonb',
    'totalTaxSet': 'jsonb',
    'totalDiscountSet': 'jsonb',
    'totalLineItemsPriceSet': 'jsonb',
    'createdAt': 'text',
    'updatedAt': 'text',
    'completedAt': 'text',
}) }}
