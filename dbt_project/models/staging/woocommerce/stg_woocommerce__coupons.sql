{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'coupons'},
        'group_by': ['coupon_key'],
        'native_id': 'coupon_id',
    },
    indexes=[{'columns': ['coupon_key'], 'unique': true}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'coupons') }}
)

select
    {{ surrogate_key("'woocommerce'", 'documents.account_id', 'documents.id') }} as coupon_key,
    {{ surrogate_key("'woocommerce'", 'documents.account_id', "'store'") }} as store_key,
    documents.account_id,
    documents.id as coupon_id,
    coupon.code as coupon_code,
    coupon.discount_type,
    coupon.description,
    coupon.status,
    documents.is_deleted,
    {{ to_boolean('coupon.individual_use') }} as is_used_alone,
    {{ to_boolean('coupon.free_shipping') }} as is_free_shipping,
    -- percent or money, by discount_type
    {{ to_numeric('coupon.amount') }} as amount,
    {{ to_numeric('coupon.minimum_amount') }} as minimum_amount,
    {{ to_numeric('coupon.maximum_amount') }} as maximum_amount,
    {{ to_integer('coupon.usage_count') }} as usage_count,
    {{ to_integer('coupon.usage_limit') }} as usage_limit,
    {{ to_utc('coupon.date_expires_gmt') }} as expires_at,
    {{ to_utc('coupon.date_created_gmt') }} as created_at,
    {{ to_utc('coupon.date_modified_gmt') }} as updated_at,
    documents.observed_at,
    documents._dlt_load_id
from documents
{{ unpack_document('documents.document', 'coupon', {
    'code': 'text',
    'discount_type': 'text',
    'description': 'text',
    'status': 'text',
    'individual_use': 'text',
    'free_shipping': 'text',
    'amount': 'text',
    'minimum_amount': 'text',
    'maximum_amount': 'text',
    'usage_count': 'text',
    'usage_limit': 'text',
    'date_expires_gmt': 'text',
    'date_created_gmt': 'text',
    'date_modified_gmt': 'text',
}) }}
