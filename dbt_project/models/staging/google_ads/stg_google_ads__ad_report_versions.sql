{{ config(
    meta={
        'raw': {'platform': 'google_ads', 'resource': 'ad_reports'},
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
    {{ report_versions('google_ads', 'ad_reports', {'ads': 'ad_rows', 'campaigns': 'campaign_rows'}) }}
),

lines as (
    {{ google_ads_rows('reports', {
        'impressions': figure_count(json_text('line.metrics', 'impressions')),
        'clicks': figure_count(json_text('line.metrics', 'clicks')),
        'spend_amount': from_micros(json_text('line.metrics', 'costMicros')),
    }) }}
),

parts as (
    select report_key, impressions, clicks, spend_amount
    from lines
    where not is_campaign_total
    union all
    select report_key, impressions, clicks, spend_amount
    from (
        {{ google_ads_remainders(
            'lines', ['report_key', 'campaign_id'], ['impressions', 'clicks', 'spend_amount']
        ) }}
    ) as remainders
),

totals as (
    select
        report_key,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend_amount) as spend_amount
    from parts
    group by report_key
)

{{ version_totals({'impressions': 'bigint', 'clicks': 'bigint', 'spend_amount': 'numeric'}) }}
