{{ config(
    meta={
        'grain': 'purchase_report',
        'group_by': ['report_key'],
        'consumes': {'stg_ga4__purchase_reports': []},
        'touches': [{
            'grain': 'web_purchase',
            'keys': [['web_purchase_key']],
            'compare': ['web_purchase_key', '_dlt_load_id'],
        }],
    },
    indexes=[{'columns': ['report_key']}, {'columns': ['web_purchase_key']}],
) }}

with reports as (
    select * from {{ ref('stg_ga4__purchase_reports') }}
    {{ only_touched('report_key', condition='not is_deleted and date_day is not null') }}
),

purchases as (
    {{ web_report_rows('reports', {
        'transaction_id': 'transactionId',
        'channel_group': 'sessionDefaultChannelGroup',
        'source': 'sessionSource',
        'medium': 'sessionMedium',
        'campaign_name': 'sessionCampaignName',
        'device_category': 'deviceCategory',
        'country': 'country',
    }, {
        'purchases': 'ecommercePurchases',
        'revenue_amount': 'purchaseRevenue',
        'tax_amount': 'taxAmount',
        'shipping_amount': 'shippingAmount',
        'refund_amount': 'refundAmount',
    }) }}
)

select
    case
        when not {{ is_no_transaction('transaction_id') }}
            then {{ entity_key('ga4', 'transaction', 'trim(transaction_id)') }}
        else {{ day_row_key("'ga4'", 'account_id', 'date_day', [
            'channel_group', 'source', 'medium', 'campaign_name', 'device_category', 'country',
        ]) }}
    end as web_purchase_key,
    report_key,
    account_key,
    account_id,
    date_day,
    trim(transaction_id) as transaction_id,
    channel_group,
    source,
    medium,
    campaign_name,
    device_category,
    country,
    {{ is_no_transaction('transaction_id') }} as is_unidentified,
    purchases,
    revenue_amount,
    tax_amount,
    shipping_amount,
    refund_amount,
    currency_code,
    is_sampled,
    is_thresholded,
    has_other_row,
    observed_at,
    _dlt_load_id
from purchases
