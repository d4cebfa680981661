{#- A view, and the only model that counts the whole log: paid for by whoever looks at the quality report. -#}
{{ config(materialized='view') }}
{{ count_log('google_ads', [
    'customers', 'campaigns', 'ad_groups', 'ads', 'conversion_actions', 'ad_reports', 'conversion_reports',
]) }}
