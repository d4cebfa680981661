{# One relation out of int_<platform>__<entity> of every platform, column by column: the list is the contract that a
   new platform has to fulfil. `platforms`: those of the var of that name unless others are given. #}
{% macro union_platforms(entity, columns, platforms=none) -%}
    {%- for platform in platforms or var('platforms') %}
        {%- set relation = ref('int_' ~ platform ~ '__' ~ entity) %}
        {{- refuse_missing_columns(relation, columns) }}
        select
            '{{ platform }}' as platform,
            {%- for column in columns %}
                {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ relation }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}

{# Says which platform lacks what. An engine would only say that there is no such column, in the words of the union. #}
{% macro refuse_missing_columns(relation, columns) -%}
    {%- set built = load_relation(relation) if execute -%}
    {%- if built -%}
        {%- set there = adapter.get_columns_in_relation(built) | map(attribute='name') | list -%}
        {%- set missing = columns | reject('in', there) | list -%}
        {%- if missing -%}
            {{ exceptions.raise_compiler_error(
                relation.identifier ~ ' has no column ' ~ missing | join(', ') ~ ': '
                ~ model.name ~ ' takes it from every platform'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# What a mart consumes: for each platform its views of `entities`, in place of the tracked models below them
   (`consumed_batches()` finds those), and models of all platforms that must have read the same batches. #}
{% macro platform_batches(entities, shared_readers=[], platforms=none) -%}
    {%- set consumed = {} -%}
    {%- for platform in platforms or var('platforms') -%}
        {%- set views = [] -%}
        {%- for entity in entities -%}{%- do views.append('int_' ~ platform ~ '__' ~ entity) -%}{%- endfor -%}
        {%- do consumed.update({views[0]: views[1:] + shared_readers}) -%}
    {%- endfor -%}
    {{ return(consumed) }}
{%- endmacro %}

{# What a mart consumes of several kinds of platforms: {entity: platforms} and the names of other models. Nobody has to
   have read these batches but the mart itself. #}
{% macro batches_of(entities, models=[]) -%}
    {%- set consumed = {} -%}
    {%- for entity, platforms in entities.items() -%}
        {%- do consumed.update(platform_batches([entity], platforms=platforms)) -%}
    {%- endfor -%}
    {%- for name in models -%}{%- do consumed.update({name: []}) -%}{%- endfor -%}
    {{ return(consumed) }}
{%- endmacro %}

{# Everybody whose documents are in the log and end in a mart, the bank aside. #}
{% macro all_platforms() -%}
    {{ return(var('platforms') + var('web_platforms') + var('ad_platforms')) }}
{%- endmacro %}
