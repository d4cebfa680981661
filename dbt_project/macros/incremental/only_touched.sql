{# Restricts a model to the groups of this run; in a full refresh only to `condition`, if there is one.
   only_touched('order_key')                                    -> where order_key in (...)
   only_touched('store_key', 'booked_date', 'counts_as_sale')   -> where (store_key, booked_date) in (...) and ...

   `below` is for views over indexed tables: a semi-join stops at a union or an aggregate, and the whole history
   would be read; a comparison with one array is handed down to the indexes of the tables. #}
{% macro only_touched(key, day=none, condition=none, below=false) -%}
    {%- if is_incremental() and day -%}
        where ({{ key }}, {{ day }}) in (select touched_groups.key, touched_groups.day from touched_groups)
    {%- elif is_incremental() and below -%}
        where {{ key }} {{ any_of('select touched_groups.key from touched_groups') }}
    {%- elif is_incremental() -%}
        where {{ key }} in (select touched_groups.key from touched_groups)
    {%- endif -%}
    {%- if condition %} {{ 'and' if is_incremental() else 'where' }} {{ condition }}{%- endif -%}
{%- endmacro %}

{# The rows of a view that belong to the days of this run, day by day, fenced: the whole view in a full refresh. #}
{% macro touched_days(relation, key, day) -%}
    {%- if is_incremental() -%}
        select found.*
        from touched_groups
        cross join lateral (
            select * from {{ relation }} as held
            where held.{{ key }} = touched_groups.key and held.{{ day }} = touched_groups.day
            offset 0
        ) as found
    {%- else -%}
        select * from {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro any_of(query) -%}
    {{ return(adapter.dispatch('any_of', 'countinghouse')(query)) }}
{%- endmacro %}

{% macro postgres__any_of(query) -%}
    = any (array({{ query }}))
{%- endmacro %}
