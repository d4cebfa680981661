{# One relation out of int_<platform>__<entity> of every platform in the var `platforms`, column by column:
   the list is the contract that a new platform has to fulfil. #}
{% macro union_platforms(entity, columns) -%}
    {%- for platform in var('platforms') %}
        select
            '{{ platform }}' as platform,
            {%- for column in columns %}
                {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ ref('int_' ~ platform ~ '__' ~ entity) }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}

{# {'stg_shopify__orders': ['stg_shopify__order_lines', ...], ...}: what a mart consumes, per platform. #}
{% macro platform_batches(producer, readers=[], shared_readers=[]) -%}
    {%- set consumed = {} -%}
    {%- for platform in var('platforms') -%}
        {%- set own = [] -%}
        {%- for reader in readers -%}{%- do own.append('stg_' ~ platform ~ '__' ~ reader) -%}{%- endfor -%}
        {%- do consumed.update({'stg_' ~ platform ~ '__' ~ producer: own + shared_readers}) -%}
    {%- endfor -%}
    {{ return(consumed) }}
{%- endmacro %}
