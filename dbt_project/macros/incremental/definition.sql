{# A tracked model whose definition changed is rebuilt by the next run: its old rows were computed by other rules, and a
   column added to it would be empty in all of them. #}

{# Overrides dbt's, and with it is_incremental(). #}
{% macro should_full_refresh() -%}
    {%- set asked = config.get('full_refresh') -%}
    {{ return((flags.FULL_REFRESH if asked is none else asked) or is_defined_anew()) }}
{%- endmacro %}

{% macro is_defined_anew() -%}
    {%- if execute and flags.WHICH in ['run', 'build'] and model.config.materialized == 'incremental' and model.config.meta -%}
        {%- set before = last_definitions().get(model.name) -%}
        {{ return(before is not none and before != definition_of(model)) }}
    {%- endif -%}
    {{ return(false) }}
{%- endmacro %}

{# Of earlier runs, by model: this one has to give the same answer before and after it wrote down its own. dbt asks a dozen
   times for each model; the graph is the one thing that lives as long as the run does (in process, even longer). #}
{% macro last_definitions() -%}
    {%- set kept = 'last_definitions ' ~ invocation_id -%}
    {%- if kept not in graph -%}
        {%- do graph.update({kept: dict(run_query(all_definitions()).rows | map('list'))}) -%}
    {%- endif -%}
    {{ return(graph[kept]) }}
{%- endmacro %}

{% macro all_definitions() -%}
    select distinct on (model) model, coalesce(definition, '') as definition
    from bookkeeping.produced
    where produced_in <> '{{ invocation_id }}'
    order by model, batch desc
{%- endmacro %}

{# What its rows depend on besides the data: its own page, the views it reads through, and the settings of marts. What
   macros say is not in it: after changing one, `dbt build --full-refresh`. #}
{% macro definition_of(node) -%}
    {%- set parts = [node.raw_code] + viewed_code(node.depends_on.nodes) -%}
    {%- if node.fqn[1] == 'marts' -%}
        {%- for name in ['reporting_currency', 'segment_medium_from', 'segment_high_from', 'segment_vip_from',
            'identity_links_at_most', 'restatement_days', 'store_of_account', 'ended_accounts'] -%}
            {%- do parts.append(var(name, none) | string) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(local_md5(parts | join('\n'))) }}
{%- endmacro %}

{% macro viewed_code(parents) -%}
    {%- set found = [] -%}
    {%- for parent in parents | sort if graph.nodes.get(parent, {}).resource_type == 'model' -%}
        {%- set node = graph.nodes[parent] -%}
        {%- if node.config.materialized == 'view' -%}
            {%- do found.append(node.raw_code) -%}
            {%- do found.extend(viewed_code(node.depends_on.nodes)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
