{#- A view: `fct_ad_spend` and `fct_ad_claims` hold these rows, read from here day by day. -#}
{{ config(materialized='view') }}
select
    reports.report_key,
    reports.account_key,
    reports.account_id,
    reports.date_day,
    line.campaign_id,
    line.campaign_name,
    line.adset_id as ad_set_id,
    line.ad_id,
    {{ to_currency('line.account_currency') }} as currency_code,
    {{ figure_count('line.impressions') }} as impressions,
    {{ figure_count('line.clicks') }} as clicks,
    {{ figure('line.spend') }} as spend_amount,
    line.actions,
    line.action_values,
    reports.observed_at
from {{ ref('stg_meta_ads__insights') }} as reports
{{ unnest_json('reports.report_rows', 'line', {
    'campaign_id': 'text', 'campaign_name': 'text', 'adset_id': 'text', 'ad_id': 'text', 'account_currency': 'text',
    'impressions': 'text', 'clicks': 'text', 'spend': 'text', 'actions': 'jsonb', 'action_values': 'jsonb',
}) }}
where not reports.is_deleted and reports.date_day is not null
