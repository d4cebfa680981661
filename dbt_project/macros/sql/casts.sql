{# Casts of text that somebody else wrote: NULL where it is not what it should be, on every engine. #}
{% macro guarded_cast(expression, type, condition='true') -%}
    {{ return(adapter.dispatch('guarded_cast', 'countinghouse')(expression, type, condition)) }}
{%- endmacro %}

{% macro postgres__guarded_cast(expression, type, condition) -%}
    case
        when {{ condition }} and pg_input_is_valid({{ expression }}, '{{ type }}')
            then cast({{ expression }} as {{ type }})
    end
{%- endmacro %}

{# No NaN and no infinity, which PostgreSQL takes for numbers. #}
{% macro to_numeric(expression) -%}
    {{ guarded_cast(expression, 'numeric', "right(" ~ expression ~ ", 1) between '0' and '9'") }}
{%- endmacro %}

{% macro to_integer(expression) -%}{{ guarded_cast(expression, 'bigint') }}{%- endmacro %}

{% macro to_boolean(expression) -%}{{ guarded_cast(expression, 'boolean') }}{%- endmacro %}

{# ISO 8601 alone: PostgreSQL would take `yesterday` for a moment as well. #}
{% macro to_timestamp(expression) -%}
    {{ guarded_cast(expression, 'timestamptz', expression ~ " like '____-__-__T%'") }}
{%- endmacro %}

{% macro to_date(expression) -%}
    {{ guarded_cast(expression, 'date', expression ~ " like '____-__-__'") }}
{%- endmacro %}

{# The store's local day of a moment. Its IANA zone decides, so both days of a clock change come out right. #}
{% macro local_date(moment, time_zone) -%}
    {{ return(adapter.dispatch('local_date', 'countinghouse')(moment, time_zone)) }}
{%- endmacro %}

{% macro postgres__local_date(moment, time_zone) -%}
    cast({{ moment }} at time zone {{ time_zone }} as date)
{%- endmacro %}

{# Surrogate key of (platform, account, native id): NULL where a part is. #}
{% macro surrogate_key(platform, account_id, native_id) -%}
    {{ dbt.hash(dbt.concat([platform, "'|'", account_id, "'|'", native_id])) }}
{%- endmacro %}

{# A time zone that the engine knows; UTC otherwise, so that one odd setting stops no order (a test shows it). #}
{% macro known_time_zone(expression) -%}
    {{ return(adapter.dispatch('known_time_zone', 'countinghouse')(expression)) }}
{%- endmacro %}

{% macro postgres__known_time_zone(expression) -%}
    case
        when exists (select 1 from pg_timezone_names as zones where zones.name = {{ expression }}) then {{ expression }}
        else 'UTC'
    end
{%- endmacro %}
