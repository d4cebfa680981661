{# Schemas carry plain names (staging, intermediate, marts): databases, not prefixes, keep environments apart. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
