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

{# A moment sent in UTC without saying so; one that does say its offset is taken at its word. #}
{% macro to_utc(expression) -%}
    coalesce({{ to_timestamp(expression ~ " || 'Z'") }}, {{ to_timestamp(expression) }})
{%- endmacro %}

{# A moment sent as the store's wall clock shows it. #}
{% macro local_to_utc(expression, time_zone) -%}
    {{ return(adapter.dispatch('local_to_utc', 'countinghouse')(expression, time_zone)) }}
{%- endmacro %}

{% macro postgres__local_to_utc(expression, time_zone) -%}
    {{ at_time_zone(guarded_cast(expression, 'timestamp', expression ~ " like '____-__-__T%'"), time_zone) }}
{%- endmacro %}

{# The store's local day of a moment. Its IANA zone decides, so both days of a clock change come out right. #}
{% macro local_date(moment, time_zone) -%}
    {{ return(adapter.dispatch('local_date', 'countinghouse')(moment, time_zone)) }}
{%- endmacro %}

{% macro postgres__local_date(moment, time_zone) -%}
    cast({{ at_time_zone(moment, time_zone) }} as date)
{%- endmacro %}

{# A fixed offset is an interval: as the name of a zone PostgreSQL would count it westwards. #}
{% macro at_time_zone(moment, time_zone) -%}
    case
        when left({{ time_zone }}, 1) in ('+', '-') then {{ moment }} at time zone cast({{ time_zone }} as interval)
        else {{ moment }} at time zone {{ time_zone }}
    end
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

{# Hours ahead of UTC as a zone: 5.5 is +05:30, nought UTC; NULL for what no clock on Earth shows. #}
{% macro offset_time_zone(hours) -%}
    case
        when {{ hours }} = 0 then 'UTC'
        when {{ hours }} between -14 and 14 then
            {{ dbt.concat([
                "case when " ~ hours ~ " < 0 then '-' else '+' end",
                two_digits("floor(abs(" ~ hours ~ "))"),
                "':'",
                two_digits("floor(abs(" ~ hours ~ ") * 60) % 60"),
            ]) }}
    end
{%- endmacro %}

{% macro two_digits(number) -%}
    right({{ dbt.concat(["'0'", "cast(cast(" ~ number ~ " as integer) as " ~ dbt.type_string() ~ ")"]) }}, 2)
{%- endmacro %}

{# A moment sent twice, in UTC and as the store's wall clock: plugins leave out either. #}
{% macro utc_or_local(utc, local, time_zone) -%}
    coalesce({{ to_utc(utc) }}, {{ local_to_utc(local, time_zone) }})
{%- endmacro %}

{# Three letters, whoever wrote them; NULL for what cannot be a currency. #}
{% macro to_currency(expression) -%}
    case when length(trim({{ expression }})) = 3 then upper(trim({{ expression }})) end
{%- endmacro %}

{% macro without_prefix(expression, prefix) -%}
    case when {{ expression }} like '{{ prefix }}%' then substr({{ expression }}, {{ prefix | length + 1 }}) else {{ expression }} end
{%- endmacro %}

{# Units of a line: plugins sell by weight, and a part of a unit is rounded to whole ones. #}
{% macro to_units(expression) -%}
    cast(round({{ to_numeric(expression) }}) as bigint)
{%- endmacro %}
