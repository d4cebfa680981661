{# What the staging models of the reports share. #}

{# The account or property itself: hash of (platform, account, a word). The vendor's id of it is an attribute, for the
   account's name in the configuration is what never changes. #}
{% macro account_key(platform, account_id='account_id') -%}
    {{ surrogate_key("'" ~ platform ~ "'", account_id, "'account'") }}
{%- endmacro %}

{# An entity of an account. The word keeps a campaign and an ad of the same number apart. #}
{% macro entity_key(platform, entity, id, account_id='account_id') -%}
    {{ surrogate_key("'" ~ platform ~ "'", account_id, "'" ~ entity ~ ":' || " ~ id) }}
{%- endmacro %}

{# A count or an amount of a report. Vendors leave out what is nought, or send a dash; what is there and is no number
   is NULL, and shown. #}
{% macro figure(expression) -%}
    case when coalesce({{ expression }}, '') in ('', '-') then 0 else {{ to_numeric(expression) }} end
{%- endmacro %}

{# Whole things that came as text of a number. #}
{% macro figure_count(expression) -%}
    cast(round({{ figure(expression) }}) as bigint)
{%- endmacro %}

{# Millionths of the currency's unit. #}
{% macro from_micros(expression) -%}
    {{ figure(expression) }} * 0.000001
{%- endmacro %}

{# The last day on which a day's figures may still be restated; `platform` is a column. #}
{% macro final_on_of(platform, day) -%}
    case {{ platform }}
        {%- for name, days in var('restatement_days').items() %}
            when '{{ name }}' then {{ days_before(day, -(days | int)) }}
        {%- endfor %}
    end
{%- endmacro %}

{# The longest of them all. #}
{% macro longest_restatement() -%}
    {{ return(var('restatement_days').values() | map('int') | max) }}
{%- endmacro %}

{# Whether figures may still move: they were read while the vendor restates them, in the account's own days. Never by
   the clock of whoever looks. #}
{% macro is_provisional(observed_at, time_zone, final_on) -%}
    {{ local_date(observed_at, "coalesce(" ~ time_zone ~ ", 'UTC')") }} <= {{ final_on }}
{%- endmacro %}

{# Columns of a key, each after a sign that parts them; an absent one is an empty text. #}
{% macro dimension_parts(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.extend(["'|'", "coalesce(" ~ column ~ ", '')"]) -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}

{# A row of a day: its date and what tells it from the others. #}
{% macro day_row_key(platform, account_id, day, columns) -%}
    {{ surrogate_key(
        platform, account_id,
        dbt.concat(["cast(" ~ day ~ " as " ~ dbt.type_string() ~ ")"] + dimension_parts(columns))
    ) }}
{%- endmacro %}
