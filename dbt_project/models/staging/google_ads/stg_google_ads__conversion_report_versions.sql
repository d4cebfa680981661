{{ config(
    meta={
        'raw': {'platform': 'google_ads', 'resource': 'conversion_reports'},
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
    {{ report_versions('google_ads', 'conversion_reports', {
        'ads': 'ad_rows', 'campaigns': 'campaign_rows',
    }) }}
),

lines as (
    {{ google_ads_rows('reports', {
        'claimed_count': figure(json_text('line.metrics', 'conversions')),
        'claimed_value': figure(json_text('line.metrics', 'conversionsValue')),
    }) }}
),

purchases as (
    select * from lines
    where conversion_action_category in ('{{ google_ads_action_groups().purchase | join("', '") }}')
),

parts as (
    select report_key, claimed_count, claimed_value
    from purchases
    where not is_campaign_total
    union all
    select report_key, claimed_count, claimed_value
    from (
        {{ google_ads_remainders(
            'purchases',
            ['report_key', 'campaign_id', 'conversion_action_name', 'conversion_action_category'],
            ['claimed_count', 'claimed_value'],
        ) }}
    ) as remainders
),

totals as (
    select
        report_key,
        sum(claimed_count) as claimed_count,
        sum(claimed_value) as claimed_value
    from parts
    group by report_key
)

{{ version_totals({'claimed_count': 'numeric', 'claimed_value': 'numeric'}) }}
