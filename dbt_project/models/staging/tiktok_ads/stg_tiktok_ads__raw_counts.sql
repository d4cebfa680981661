{#- A view, and the only model that counts the whole log: paid for by whoever looks at the quality report. -#}
{{ config(materialized='view') }}
{{ count_log('tiktok_ads', ['advertisers', 'ad_reports']) }}
