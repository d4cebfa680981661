{#- Which campaigns a day's report names: campaigns that are in no list any more are known by these alone. -#}
{{ config(
    meta={
        'grain': 'ad_report',
        'group_by': ['report_key'],
        'consumes': {'stg_google_ads__ad_reports': []},
        'touches': [{
            'grain': 'campaign',
            'keys': [['campaign_key']],
            'compare': ['campaign_key', 'campaign_name', 'date_day', 'observed_at'],
        }],
    },
    indexes=[{'columns': ['report_key']}, {'columns': ['campaign_key', 'date_day']}],
) }}

{{ google_ads_named_campaigns(ref('stg_google_ads__ad_report_rows')) }}
