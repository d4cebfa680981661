{# What a row-level test looks at. With `test_scope: touched` (daily runs) the rows of the groups that the last
   `test_scope_hours` touched, so that testing costs what changed; with `all` (CI, weekly) every row.
   A model that was rebuilt in that time is looked at whole. #}
{% macro rows_in_scope(model_name) -%}
    {%- set node = tracked_node(model_name) if execute -%}
    {%- set relation = ref(model_name) -%}
    {%- if not execute or var('test_scope') == 'all' or not node.config.meta.get('group_by') -%}
        {{ return(relation) }}
    {%- endif -%}
    {{ return(adapter.dispatch('rows_in_scope', 'countinghouse')(node, relation)) }}
{%- endmacro %}

{% macro postgres__rows_in_scope(node, relation) -%}
    {%- set spec = node.config.meta -%}
    {%- set producers = [node.name] + (spec.consumes or {}).keys() | list -%}
    (
        with recent as (
            select batch, model, is_full
            from bookkeeping.produced
            where produced_at > now() - interval '{{ var("test_scope_hours") | int }} hours'
        ),

        groups as materialized (
            select touched.key, touched.day
            from bookkeeping.touched as touched
            inner join recent on touched.batch = recent.batch
            where touched.grain = '{{ own_grain(spec) }}'
            union
            select {{ group_key(spec.group_by) }}
            from {{ relation }}
            where
                exists (
                    select 1 from recent
                    where recent.is_full and recent.model in ('{{ producers | join("', '") }}')
                )
        )

        select checked.*
        from groups
        inner join {{ relation }} as checked
            on
                checked.{{ spec.group_by[0] }} = groups.key
                {% if spec.group_by | length > 1 %}and checked.{{ spec.group_by[1] }} = groups.day{% endif %}
    )
{%- endmacro %}

{# Roots consume one grain and touch another: the rows they changed are those they touched. #}
{% macro own_grain(spec) -%}
    {{ return(spec.touches[0].grain if spec.raw and spec.touches else spec.grain) }}
{%- endmacro %}

{# Overrides dbt's: generic tests on tracked models keep to the scope as well. #}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- set tested = (graph.nodes.values() | selectattr('unique_id', 'equalto', model.attached_node) | list | first)
        if execute and model.attached_node else none -%}
    {%- set rows = relation -%}
    {%- if tested and tested.alias == relation.identifier and tested.config.materialized == 'incremental'
        and var('test_scope') != 'all' and tested.config.meta.get('group_by') -%}
        {%- set rows = adapter.dispatch('rows_in_scope', 'countinghouse')(tested, relation) -%}
    {%- endif -%}
    {%- if where -%}
        {{ return('(select * from ' ~ rows ~ ' as scoped where ' ~ where ~ ') dbt_subquery') }}
    {%- endif -%}
    {{ return(rows if rows is sameas relation else rows ~ ' dbt_subquery') }}
{%- endmacro %}
