{# Batches of tracked models that this run took. #}
{% macro taken_batches() %}
    select produced.batch, produced.is_full or produced.is_forgotten as is_full
    from bookkeeping.consumed as consumed
    inner join bookkeeping.produced as produced on cast(produced.batch as text) = consumed.batch
    where
        consumed.consumed_in = {{ current_batch() }}
        and consumed.model = '{{ model.name }}'
        and consumed.producer = produced.model
{% endmacro %}

{# touched_groups(key, day): the groups this run computes. After a full batch: all that are and all that were. #}
{% macro collect_touched_groups(spec) %}
    create temporary table touched_groups on commit drop as
    with taken as materialized ({{ taken_batches() }})

    select touched.key, touched.day
    from bookkeeping.touched as touched
    inner join taken on touched.batch = taken.batch
    where touched.grain = '{{ spec.grain }}'
    {% for producer in consumed_batches(spec) %}
        {% for touch in tracked_spec(producer).touches if touch.grain == spec.grain %}
            {% for keys in touch['keys'] %}
                union
                select {{ touched_key(touch, keys) }}
                from {{ tracked_relation(producer) }} {{ through_days(touch) }}
                where {{ keys[0] }} is not null and (select bool_or(is_full) from taken)
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% for search in spec.finds or [] %}
        union
        {{ found_groups(search) }}
    {% endfor %}
    union
    select {{ group_key(spec.group_by) }} from {{ this }} where (select bool_or(is_full) from taken);
    analyze touched_groups;
    {% if spec.expands %}{{ context[spec.expands]() }}{% endif %}
{% endmacro %}

{# touched_ids(account_id, id): what the new loads brought, and every id of an account whose calendar changed. #}
{% macro collect_touched_ids(spec) %}
    {# By the index on the load: the planner takes a load for the average load, and the first was everything. #}
    set local enable_seqscan = off;
    create temporary table touched_ids on commit drop as
    {% if raw_relation(spec.raw.platform, spec.raw.resource) %}
        select raw.account_id, raw.id
        from ({{ rows_of_loads(spec.raw.platform, spec.raw.resource) }}) as raw
    {% else %}
        select cast(null as text) as account_id, cast(null as text) as id
        where false
    {% endif %}
    {% if spec.consumes %}
        union
        select held.account_id, held.{{ spec.native_id }}
        from {{ this }} as held
        where
            held.account_id in (
                with taken as materialized ({{ taken_batches() }})

                select touched.key
                from bookkeeping.touched as touched
                inner join taken on touched.batch = taken.batch
                where touched.grain = 'account'
                union
                select shops.account_id
                from {{ tracked_relation(spec.consumes.keys() | first) }} as shops
                where (select bool_or(is_full) from taken)
            )
    {% else %}
        group by 1, 2
    {% endif %};
    set local enable_seqscan = on;
    analyze touched_ids;
{% endmacro %}

{% macro group_key(columns) -%}
    {{ columns[0] }} as key, {{ columns[1] if columns | length > 1 else 'cast(null as date)' }} as day
{%- endmacro %}

{# A change touches the group of its own day and, with `through_days`, those of the days after it, or before it. #}
{% macro touched_key(touch, keys) -%}
    {%- if touch.through_days -%}
        {{ keys[0] }} as key, {{ days_after(keys[1], 'later.days') }} as day
    {%- else -%}
        {{ group_key(keys) }}
    {%- endif -%}
{%- endmacro %}

{% macro through_days(touch) -%}
    {%- if touch.through_days -%}
        cross join (
            {%- for days in range([touch.through_days, 0] | min, [touch.through_days, 0] | max + 1) %}
                select {{ days }} as days{{ ' union all' if not loop.last }}
            {%- endfor %}
        ) as later
    {%- endif -%}
{%- endmacro %}

{# Groups behind the touched groups of another grain, found in a relation that has an index for it: one look-up for
   each, fenced, whatever the planner thinks of their number. `day` is the second column of the group, if it has one. #}
{% macro found_groups(search) -%}
    select found.key, found.day
    from (
        select distinct touched.key, touched.day
        from bookkeeping.touched as touched
        inner join taken on touched.batch = taken.batch
        where touched.grain = '{{ search.grain }}'
    ) as touched
    cross join lateral (
        select held.{{ search.group }} as key, {{ 'held.' ~ search.day if search.day else 'cast(null as date)' }} as day
        from {{ tracked_relation(search['in']) }} as held
        where
            held.{{ search.by[0] }} = touched.key
            {% if search.by | length > 1 %}and held.{{ search.by[1] }} = touched.day{% endif %}
        offset 0
    ) as found
{%- endmacro %}

{# A tracked model's node. Looked up in the graph, for a hook may name models that are not direct parents, and by its
   key: whoever walks through the graph has every node written out. #}
{% macro tracked_node(model_name) -%}
    {%- set found = graph.nodes.get('model.' ~ project_name ~ '.' ~ model_name) -%}
    {%- if not found -%}
        {{ exceptions.raise_compiler_error(model.name ~ ' consumes ' ~ model_name ~ ', which does not exist') }}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{% macro tracked_spec(model_name) -%}
    {{ return(tracked_node(model_name).config.meta) }}
{%- endmacro %}

{% macro tracked_relation(model_name) -%}
    {%- set node = tracked_node(model_name) -%}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{%- endmacro %}
