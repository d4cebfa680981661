{#- A view: `fct_ad_claims` holds these rows, read from here day by day. Conversions are fractions where
    several ads share one. -#}
{{ config(materialized='view') }}
{{ google_ads_rows(ref('stg_google_ads__conversion_reports'), {
    'conversions': figure(json_text('line.metrics', 'conversions')),
    'conversions_value': figure(json_text('line.metrics', 'conversionsValue')),
    'all_conversions': figure(json_text('line.metrics', 'allConversions')),
    'all_conversions_value': figure(json_text('line.metrics', 'allConversionsValue')),
    'conversions_by_date': figure(json_text('line.metrics', 'conversionsByConversionDate')),
    'conversions_value_by_date': figure(json_text('line.metrics', 'conversionsValueByConversionDate')),
    'view_through_conversions': figure(json_text('line.metrics', 'viewThroughConversions')),
}) }}
