{# The values of a column, without NULL. For columns with an index and a few values: one look-up for each of them, however
   many rows there are. #}
{% macro distinct_values(relation, column) -%}
    {{ return(adapter.dispatch('distinct_values', 'countinghouse')(relation, column)) }}
{%- endmacro %}

{% macro default__distinct_values(relation, column) -%}
    select distinct {{ column }} from {{ relation }} where {{ column }} is not null
{%- endmacro %}

{# PostgreSQL's own `distinct` reads every row. #}
{% macro postgres__distinct_values(relation, column) -%}
    with recursive found as (
        select min({{ column }}) as {{ column }} from {{ relation }}
        union all
        select (select min(later.{{ column }}) from {{ relation }} as later where later.{{ column }} > found.{{ column }})
        from found
        where found.{{ column }} is not null
    )

    select {{ column }} from found where {{ column }} is not null
{%- endmacro %}
