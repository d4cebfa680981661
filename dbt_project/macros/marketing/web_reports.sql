{# Google Analytics' answers: tables whose columns are named once, at their top, and whose values are all text. #}

{# One row per document of a report: its rows as they are, what its columns are called, and what the answer says about
   itself. Currency and time zone are those of the answer. #}
{% macro web_report(platform, kind, documents) -%}
    select
        {{ entity_key(platform, kind ~ '_report', documents ~ '.id', documents ~ '.account_id') }} as report_key,
        {{ account_key(platform, documents ~ '.account_id') }} as account_key,
        {{ documents }}.account_id,
        {{ documents }}.id as report_id,
        -- the day that was asked for: a row's own date may say '(other)'
        {{ to_date(documents ~ '.id') }} as date_day,
        {{ to_currency(json_text('answer.metadata', 'currencyCode')) }} as currency_code,
        {{ json_text('answer.metadata', 'timeZone') }} as time_zone_name,
        {{ json_has_objects(json_value('answer.metadata', 'samplingMetadatas')) }} as is_sampled,
        coalesce({{ to_boolean(json_text('answer.metadata', 'subjectToThresholding')) }}, false) as is_thresholded,
        coalesce({{ to_boolean(json_text('answer.metadata', 'dataLossFromOtherRow')) }}, false) as has_other_row,
        answer."dimensionHeaders" as dimension_headers,
        answer."metricHeaders" as metric_headers,
        answer.rows as report_rows,
        {{ documents }}.is_deleted,
        {{ documents }}.first_observed_at,
        {{ documents }}.observed_at,
        {{ documents }}._dlt_load_id
    from {{ documents }}
    {{ unpack_document(documents ~ '.document', 'report_sent', {'report': 'jsonb'}) }}
    {{ unpack_document('report_sent.report', 'answer', {
        'dimensionHeaders': 'jsonb', 'metricHeaders': 'jsonb', 'rows': 'jsonb', 'metadata': 'jsonb',
    }) }}
{%- endmacro %}

{# One row per row of the reports in `reports`: `dimensions` and `metrics` are {column: the vendor's name}. A dimension
   is text, a metric a number; a column that the answer does not have is NULL, a metric that is empty nought. #}
{% macro web_report_rows(reports, dimensions, metrics) -%}
    select
        reports.report_key,
        reports.account_key,
        reports.account_id,
        reports.date_day,
        reports.currency_code,
        reports.is_sampled,
        reports.is_thresholded,
        reports.has_other_row,
        {% for column in dimensions %}
            {{ json_at('line."dimensionValues"', 'dimension_at.' ~ column, 'value') }} as {{ column }},
        {% endfor %}
        {% for column in metrics %}
            {{ figure(json_at('line."metricValues"', 'metric_at.' ~ column, 'value')) }} as {{ column }},
        {% endfor %}
        reports.first_observed_at,
        reports.observed_at,
        reports._dlt_load_id
    from {{ reports }} as reports
    {{ json_positions('reports.dimension_headers', 'dimension_at', dimensions) }}
    {{ json_positions('reports.metric_headers', 'metric_at', metrics) }}
    {{ unnest_json('reports.report_rows', 'line', {'dimensionValues': 'jsonb', 'metricValues': 'jsonb'}) }}
{%- endmacro %}

{# What Google puts where there is no transaction id, or where it joined several rows into one. #}
{% macro is_no_transaction(expression) -%}
    trim(coalesce({{ expression }}, '')) in ('', '(not set)', '(other)', '(data not available)')
{%- endmacro %}
