{#- A view: `fct_ad_spend` holds these rows, read from here day by day. -#}
{{ config(materialized='view') }}
{{ google_ads_rows(ref('stg_google_ads__ad_reports'), {
    'impressions': figure_count(json_text('line.metrics', 'impressions')),
    'clicks': figure_count(json_text('line.metrics', 'clicks')),
    'spend_amount': from_micros(json_text('line.metrics', 'costMicros')),
}) }}
