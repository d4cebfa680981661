{# Restricts a model to the groups of this run; in a full refresh only to `condition`, if there is one.
   only_touched('order_key')                                    -> where order_key in (...)
   only_touched('store_key', 'booked_date', 'counts_as_sale')   -> where (store_key, booked_date) in (...) and ... #}
{% macro only_touched(key, day=none, condition=none) -%}
    {%- if is_incremental() and day -%}
        where ({{ key }}, {{ day }}) in (select touched_groups.key, touched_groups.day from touched_groups)
    {%- elif is_incremental() -%}
        where {{ key }} in (select touched_groups.key from touched_groups)
    {%- endif -%}
    {%- if condition %} {{ 'and' if is_incremental() else 'where' }} {{ condition }}{%- endif -%}
{%- endmacro %}
