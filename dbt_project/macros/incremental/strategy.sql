{# The incremental strategy of tracked models: write down what changes, then replace the touched groups. #}
{% macro get_incremental_tracked_sql(arg_dict) -%}
    {{ return(adapter.dispatch('get_incremental_tracked_sql', 'countinghouse')(arg_dict)) }}
{%- endmacro %}

{% macro postgres__get_incremental_tracked_sql(arg_dict) %}
    {%- set target = arg_dict['target_relation'] -%}
    {%- set computed = arg_dict['temp_relation'] -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='name') | list -%}
    {%- set spec = model.config.meta -%}
    {%- set replaced = replaced_rows(spec, computed) -%}
    {% for touch in spec.touches or [] %}
        {{ record_touched(spec, touch, target, computed, columns, replaced) }}
    {% endfor %}
    delete from {{ target }} where {{ replaced }};
    insert into {{ target }} ({{ get_quoted_csv(columns) }})
    select {{ get_quoted_csv(columns) }} from {{ computed }};
{% endmacro %}

{# Roots replace the ids they computed; the others replace their touched groups, computed rows or not. #}
{% macro replaced_rows(spec, computed) -%}
    {%- if spec.raw -%}
        {{ spec.group_by[0] }} in (select {{ spec.group_by[0] }} from {{ computed }})
    {%- elif spec.group_by | length == 1 -%}
        {{ spec.group_by[0] }} in (select touched_groups.key from touched_groups)
    {%- else -%}
        ({{ spec.group_by | join(', ') }}) in (select touched_groups.key, touched_groups.day from touched_groups)
    {%- endif -%}
{%- endmacro %}

{# Groups of rows that differ between what is held and what was computed: both the old and the new ones. #}
{% macro record_touched(spec, touch, target, computed, columns, replaced) %}
    {#- staging children carry the load of their parent; beyond staging, a version that changes nothing else is no news -#}
    {%- set ignored = [] if spec.raw else ['observed_at', '_dlt_load_id'] -%}
    {%- set compared = (touch.compare or columns | reject('in', ignored) | list) | join(', ') %}
    insert into bookkeeping.touched (batch, grain, key, day)
    with held as (
        select {{ compared }} from {{ target }} where {{ replaced }}
    ),

    computed as (
        select {{ compared }} from {{ computed }}
    ),

    changed as (
        (select * from held except all select * from computed)
        union all
        (select * from computed except all select * from held)
    )
    {% for keys in touch['keys'] %}
        select distinct {{ current_batch() }}, '{{ touch.grain }}', {{ touched_key(touch, keys) }}
        from changed {{ through_days(touch) }}
        where {{ keys[0] }} is not null
        {% if not loop.last %}union{% endif %}
    {% endfor %};
{% endmacro %}

{# Post-hook: a rebuilt table has no statistics yet, and the models after it need good plans at once.
   Columns with JSON are left out: they are costly to sample and no plan depends on them. #}
{% macro finish_tracked() -%}
    {%- if execute and model.config.materialized in ['incremental', 'table'] and not is_incremental() -%}
        {%- set columns = adapter.get_columns_in_relation(this) | rejectattr('dtype', 'equalto', 'jsonb') -%}
        analyze {{ this }} ({{ get_quoted_csv(columns | map(attribute='name') | list) }});
    {%- endif -%}
{%- endmacro %}
