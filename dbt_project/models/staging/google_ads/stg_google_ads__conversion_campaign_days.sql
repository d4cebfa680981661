{#- Which campaigns a day's conversions name: one in no list, that delivered nothing, is known by these. -#}
{{ config(
    meta={
        'grain': 'conversion_report',
        'group_by': ['report_key'],
        'consumes': {'stg_google_ads__conversion_reports': []},
        'touches': [{
            'grain': 'campaign',
            'keys': [['campaign_key']],
            'compare': ['campaign_key', 'campaign_name', 'date_day', 'observed_at'],
        }],
    },
    indexes=[{'columns': ['report_key']}, {'columns': ['campaign_key', 'date_day']}],
) }}

{{ google_ads_named_campaigns(ref('stg_google_ads__conversion_report_rows')) }}
