{# The rows of Google Ads' day documents: those of ads, and those of whole campaigns, which say more: a Performance Max
   campaign has no ads. `metrics` is {column: expression over line.metrics}. #}
{% macro google_ads_rows(reports, metrics) -%}
    {%- for column, is_campaign in [('ad_rows', 'false'), ('campaign_rows', 'true')] %}
        select
            reports.report_key,
            reports.account_key,
            reports.account_id,
            reports.date_day,
            {{ is_campaign }} as is_campaign_total,
            {{ json_text('line.campaign', 'id') }} as campaign_id,
            {{ json_text('line."adGroup"', 'id') }} as ad_group_id,
            {{ json_text('line."adGroupAd"', 'ad', 'id') }} as ad_id,
            {{ json_text('line.segments', 'conversionAction') }} as conversion_action,
            {{ json_text('line.segments', 'conversionActionName') }} as conversion_action_name,
            {{ json_text('line.segments', 'conversionActionCategory') }} as conversion_action_category,
            {% for name, expression in metrics.items() %}
                {{ expression }} as {{ name }},
            {% endfor %}
            reports.observed_at
        from {{ reports }} as reports
        {{ unnest_json('reports.' ~ column, 'line', {
            'campaign': 'jsonb', 'adGroup': 'jsonb', 'adGroupAd': 'jsonb', 'segments': 'jsonb', 'metrics': 'jsonb',
        }) }}
        where not reports.is_deleted and reports.date_day is not null
        {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# What ads leave of their campaign's total, as a row without ad: columns of `by` as they are, `metrics` summed. #}
{% macro google_ads_remainders(rows, by, metrics) -%}
    select
        {% for column in by %}{{ column }},{% endfor %}
        {% for metric in metrics %}
            sum(case when is_campaign_total then {{ metric }} else -{{ metric }} end) as {{ metric }},
        {% endfor %}
        max(observed_at) as observed_at
    from {{ rows }}
    group by {{ by | join(', ') }}
    having
        max(case when is_campaign_total then 1 else 0 end) = 1
        and (
            {% for metric in metrics %}
                sum(case when is_campaign_total then {{ metric }} else -{{ metric }} end) <> 0
                {{ 'or' if not loop.last }}
            {% endfor %}
        )
{%- endmacro %}

{# Which campaigns the rows of a day's reports name. #}
{% macro google_ads_named_campaigns(rows) -%}
    select
        report_key,
        {{ entity_key('google_ads', 'campaign', 'campaign_id') }} as campaign_key,
        account_key,
        account_id,
        date_day,
        campaign_id,
        max(cast(null as text)) as campaign_name,
        max(observed_at) as observed_at
    from {{ rows }}
    {{ only_touched('report_key', condition='campaign_id is not null', below=true) }}
    group by report_key, account_key, account_id, date_day, campaign_id
{%- endmacro %}
