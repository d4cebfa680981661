{{ config(
    meta={
        'raw': {'platform': 'tiktok_ads', 'resource': 'ad_reports'},
        'group_by': ['version_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'report_version', 'keys': [['version_key']]},
            {'grain': 'ad_day', 'keys': [['account_key', 'date_day']]},
        ],
    },
    indexes=[{'columns': ['version_key']}, {'columns': ['account_key', 'date_day']}],
) }}

with reports as (
    {{ report_versions('tiktok_ads', 'ad_reports', {'rows': 'report_rows'}) }}
),

totals as (
    select
        reports.report_key,
        sum({{ figure_count(json_text('line.metrics', 'impressions')) }}) as impressions,
        sum({{ figure_count(json_text('line.metrics', 'clicks')) }}) as clicks,
        sum({{ figure(json_text('line.metrics', 'spend')) }}) as spend_amount,
        sum({{ figure(json_text('line.metrics', 'complete_payment')) }}) as claimed_count,
        sum({{ figure(json_text('line.metrics', 'total_complete_payment_rate')) }}) as claimed_value
    from reports
    {{ unnest_json('reports.report_rows', 'line', {'metrics': 'jsonb'}) }}
    group by reports.report_key
)

{{ version_totals({
    'impressions': 'bigint', 'clicks': 'bigint', 'spend_amount': 'numeric', 'claimed_count': 'numeric',
    'claimed_value': 'numeric',
}) }}
