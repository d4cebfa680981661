{#- A view: `fct_ad_spend` and `fct_ad_claims` hold these rows, read from here day by day. -#}
{{ config(materialized='view') }}
select
    reports.report_key,
    reports.account_key,
    reports.account_id,
    reports.date_day,
    {{ json_text('line.metrics', 'campaign_id') }} as campaign_id,
    {{ json_text('line.metrics', 'campaign_name') }} as campaign_name,
    {{ json_text('line.metrics', 'adgroup_id') }} as ad_group_id,
    {{ json_text('line.dimensions', 'ad_id') }} as ad_id,
    {{ to_currency(json_text('line.metrics', 'currency')) }} as currency_code,
    {{ figure_count(json_text('line.metrics', 'impressions')) }} as impressions,
    {{ figure_count(json_text('line.metrics', 'clicks')) }} as clicks,
    {{ figure(json_text('line.metrics', 'spend')) }} as spend_amount,
    {{ figure(json_text('line.metrics', 'conversion')) }} as conversions,
    {{ figure(json_text('line.metrics', 'complete_payment')) }} as payments,
    -- a sum of money, whatever its name says
    {{ figure(json_text('line.metrics', 'total_complete_payment_rate')) }} as payments_value,
    reports.observed_at
from {{ ref('stg_tiktok_ads__ad_reports') }} as reports
{{ unnest_json('reports.report_rows', 'line', {'dimensions': 'jsonb', 'metrics': 'jsonb'}) }}
where not reports.is_deleted and reports.date_day is not null
