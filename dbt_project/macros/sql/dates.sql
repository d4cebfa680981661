{# Days and periods in the words of the house, over dbt's cross-database macros. #}

{% macro period_start(period, day) -%}
    cast({{ dbt.date_trunc(period, day) }} as date)
{%- endmacro %}

{% macro days_before(day, days) -%}
    cast({{ dbt.dateadd('day', -days, day) }} as date)
{%- endmacro %}

{% macro minutes_after(moment, minutes) -%}
    {{ dbt.dateadd('minute', minutes, moment) }}
{%- endmacro %}

{# `days` is a number of the query. #}
{% macro days_after(day, days) -%}
    cast({{ dbt.dateadd('day', days, day) }} as date)
{%- endmacro %}

{% macro days_between(first_day, last_day) -%}
    {{ dbt.datediff(first_day, last_day, 'day') }}
{%- endmacro %}

{# Monday 1 to Sunday 7; extract(dow) counts differently on every engine. #}
{% macro iso_day_of_week(day) -%}
    {{ dbt.datediff(period_start('week', day), day, 'day') }} + 1
{%- endmacro %}

{# One row per day, `date_day`, from the calendar's first day to the end of a year ahead. #}
{% macro calendar_days() -%}
    {{ dbt.date_spine(
        datepart='day',
        start_date="cast('" ~ var('calendar_start_date') ~ "' as date)",
        end_date="cast('" ~ (run_started_at.year + var('calendar_years_ahead')) ~ "-01-01' as date)",
    ) }}
{%- endmacro %}

{# 0, 1, … as rows of one column, `number`. #}
{% macro numbers_up_to(last) -%}
    {%- for number in range(last + 1) -%}
        select {{ number }} as number{{ ' union all ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
