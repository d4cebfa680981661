{{ config(
    meta={
        'raw': {'platform': 'woocommerce', 'resource': 'revenue_reports'},
        'grain': 'account',
        'consumes': {'stg_woocommerce__settings': []},
        'group_by': ['revenue_report_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'report', 'keys': [['revenue_report_key']]},
            {'grain': 'store_day', 'keys': [['store_key', 'report_date']], 'through_days': report_tells_of_days()},
        ],
    },
    indexes=[{'columns': ['revenue_report_key'], 'unique': true}, {'columns': ['store_key', 'report_date']}],
) }}

with documents as (
    {{ latest_documents('woocommerce', 'revenue_reports') }}
),

-- the report names no currency: it adds up whatever the orders were paid in, and calls it the site's
sites as (
    select * from {{ ref('stg_woocommerce__settings') }}
),

reports as (
    select
        documents.*,
        sites.currency_code,
        {{ to_date('coalesce(report.day, documents.id)') }} as report_date,
        {{ json_value('report.interval', 'subtotals') }} as subtotals
    from documents
    left join sites on documents.account_id = sites.account_id
    {{ unpack_document('documents.document', 'report', {
        'day': 'text',
        'interval': 'jsonb',
    }) }}
)

select
    {{ surrogate_key("'woocommerce'", 'account_id', 'id') }} as revenue_report_key,
    {{ surrogate_key("'woocommerce'", 'account_id', "'store'") }} as store_key,
    account_id,
    id as report_id,
    report_date,
    is_deleted,
    {{ to_integer(json_text('subtotals', 'orders_count')) }} as orders_count,
    {{ to_integer(json_text('subtotals', 'num_items_sold')) }} as num_items_sold,
    {{ to_integer(json_text('subtotals', 'coupons_count')) }} as coupons_count,
    {{ to_numeric(json_text('subtotals', 'gross_sales')) }} as gross_sales,
    {{ to_numeric(json_text('subtotals', 'total_sales')) }} as total_sales,
    {{ to_numeric(json_text('subtotals', 'coupons')) }} as coupons,
    {{ to_numeric(json_text('subtotals', 'refunds')) }} as refunds,
    {{ to_numeric(json_text('subtotals', 'taxes')) }} as taxes,
    {{ to_numeric(json_text('subtotals', 'shipping')) }} as shipping,
    {{ to_numeric(json_text('subtotals', 'net_revenue')) }} as net_revenue,
    currency_code,
    subtotals,
    observed_at,
    _dlt_load_id
from reports
