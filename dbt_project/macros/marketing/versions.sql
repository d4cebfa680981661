{# One row per readable version of a day's document, as the loads bring them: what an account's whole day came to when it
   was read. Older versions are not looked at again. #}
{% macro report_versions(platform, resource, fields) -%}
    select
        {{ entity_key(platform, 'version', "documents.id || ':' || documents._dlt_load_id", 'documents.account_id') }}
            as report_key,
        {{ account_key(platform, 'documents.account_id') }} as account_key,
        documents.account_id,
        documents.id as report_id,
        {{ to_date('documents.id') }} as date_day,
        {% for field, name in fields.items() %}
            report.{{ field }} as {{ name }},
        {% endfor %}
        false as is_deleted,
        documents.observed_at,
        documents._dlt_load_id
    from ({{ new_documents(platform, resource) }}) as documents
    {{ unpack_document('documents.document', 'report', _as_json(fields)) }}
{%- endmacro %}

{% macro _as_json(fields) -%}
    {%- set found = {} -%}
    {%- for field in fields -%}{%- do found.update({field: 'jsonb'}) -%}{%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The end of such a model: `totals` has `report_key` and the measures, and no row for a day of nothing. #}
{% macro version_totals(measures) -%}
    select
        reports.report_key as version_key,
        reports.account_key,
        reports.account_id,
        reports.report_id,
        reports.date_day,
        {% for measure, type in measures.items() %}
            cast(coalesce(totals.{{ measure }}, 0) as {{ type }}) as {{ measure }},
        {% endfor %}
        reports.observed_at,
        reports._dlt_load_id
    from reports
    left join totals on reports.report_key = totals.report_key
{%- endmacro %}
