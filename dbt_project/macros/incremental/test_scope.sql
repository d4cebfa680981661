{# What a row-level test looks at. With `test_scope: touched` (daily runs) the rows of the groups that were touched
   since the last run in which every test passed, so that testing costs what changed and a run that was killed
   before its tests is caught up on; with `all` (CI, weekly) every row. Where a model of the grain was rebuilt since
   then, all of them are looked at whole: a test that compares two must see the same groups in both. #}
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
    {%- set rebuilt = consumed_batches(spec).keys() | list -%}
    {%- for one in graph.nodes.values() if one.resource_type == 'model' and one.config.meta.get('group_by') -%}
        {%- if own_grain(one.config.meta) == own_grain(spec) -%}{%- do rebuilt.append(one.name) -%}{%- endif -%}
    {%- endfor -%}
    (
        with untested as (
            select batch, model, is_full or is_forgotten as is_full
            from bookkeeping.produced
            where not is_tested
        ),

        groups as materialized (
            select touched.key, touched.day
            from bookkeeping.touched as touched
            inner join untested on touched.batch = untested.batch
            where touched.grain = '{{ own_grain(spec) }}'
            union
            select {{ group_key(spec.group_by) }}
            from {{ relation }}
            where
                exists (
                    select 1 from untested
                    where untested.is_full and untested.model in ('{{ rebuilt | join("', '") }}')
                )
        )

        select checked.*
        from groups
        cross join lateral (
            -- fenced: group by group, by index, whatever the planner thinks of their number
            select *
            from {{ relation }} as held
            where
                held.{{ spec.group_by[0] }} = groups.key
                {% if spec.group_by | length > 1 %}and held.{{ spec.group_by[1] }} = groups.day{% endif %}
            offset 0
        ) as checked
    )
{%- endmacro %}

{# Roots consume one grain and touch another: the rows they changed are those they touched. #}
{% macro own_grain(spec) -%}
    {{ return(spec.touches[0].grain if spec.raw and spec.touches else spec.grain) }}
{%- endmacro %}

{# Overrides dbt's: generic tests on tracked models keep to the scope as well. #}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- set tested = graph.nodes.get(model.attached_node) if execute and model.attached_node else none -%}
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

{# At the end of a run in which every data test of the project ran, and none failed: its batches are tested.
   The tie-out looks at every day, every time: what it finds says nothing about what was touched.
   Batches that were opened while the tests ran belong to the next run. #}
{% macro remember_tested(results) -%}
    {%- if execute and flags.WHICH in ['build', 'test'] -%}
        {%- set passed, tests = [], [] -%}
        {%- for one in graph.nodes.values()
            if one.resource_type == 'test' and 'tie_out' not in one.tags -%}{%- do tests.append(one) -%}{%- endfor -%}
        {%- for one in results
            if one.node.resource_type == 'test' and 'tie_out' not in one.node.tags
            and one.status not in ['fail', 'error', 'skipped'] -%}{%- do passed.append(one) -%}{%- endfor -%}
        {%- if passed | length == tests | length -%}
            {{ return(adapter.dispatch('remember_tested', 'countinghouse')()) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__remember_tested() %}
    update bookkeeping.produced
    set is_tested = true
    where
        not is_tested
        and (produced_in = '{{ invocation_id }}' or produced_at < cast('{{ run_started_at }}' as timestamptz))
{% endmacro %}
