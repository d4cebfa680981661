{# Restricts a model to the groups of this run; nothing in a full refresh.
   only_touched('orders.order_key')               -> where orders.order_key in (...)
   only_touched('s.store_key', 's.booked_date')   -> where (s.store_key, s.booked_date) in (...) #}
{% macro only_touched(key, day=none, keyword='where') -%}
    {%- if is_incremental() -%}
        {%- if day -%}
            {{ keyword }} ({{ key }}, {{ day }}) in (select touched_groups.key, touched_groups.day from touched_groups)
        {%- else -%}
            {{ keyword }} {{ key }} in (select touched_groups.key from touched_groups)
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
