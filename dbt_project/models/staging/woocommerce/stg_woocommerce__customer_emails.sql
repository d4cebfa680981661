{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'customers'},
        'group_by': ['customer_key'],
        'native_id': 'customer_id',
        'touches': [{'grain': 'identity', 'keys': [['customer_key'], ['email_key']]}],
    },
    indexes=[{'columns': ['customer_key']}, {'columns': ['email_key']}],
) }}

with documents as (
    {{ all_documents('woocommerce', 'customers') }}
),

versions as (
    select
        documents.account_id,
        documents.id as customer_id,
        {{ normalised_email(json_text('documents.document', 'email')) }} as email,
        {{ normalised_email(json_text('documents.document', 'billing', 'email')) }} as billing_email,
        {{ to_utc(json_text('documents.document', 'date_created_gmt')) }} as created_at,
        documents.observed_at,
        not documents.is_deleted and row_number() over (
            partition by documents.account_id, documents.id
            order by
                documents.updated_at desc nulls last, documents.observed_at desc, documents._dlt_load_id desc
        ) = 1 as is_current
    from documents
)

{{ customer_emails("'woocommerce'", ['email', 'billing_email']) }}
