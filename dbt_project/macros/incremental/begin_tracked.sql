{# Pre-hook of every tracked model, inside its transaction: see README.md beside this file. #}
{% macro begin_tracked() -%}
    {%- if execute and model.config.materialized == 'incremental' and model.config.meta -%}
        {{ return(adapter.dispatch('begin_tracked', 'countinghouse')(model.config.meta, is_incremental())) }}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__begin_tracked(spec, incremental) %}
    {# For this transaction alone: sorts and hashes fit in memory, and looking a few groups up by index is not
       priced as on a spinning disk, or a daily run would read whole tables. #}
    set local work_mem = '128MB';
    {% if incremental %}
        set local random_page_cost = 1.1;
        set local jit = off;
        {# The planner takes a load for the average load, and the first one was everything. #}
        {% if spec.raw_all %}set local enable_seqscan = off;{% endif %}
    {% endif %}
    select pg_advisory_xact_lock(hashtext('countinghouse.' || '{{ this.schema }}.{{ this.name }}'));
    insert into bookkeeping.produced (model, is_full, definition, produced_in)
    values (
        '{{ model.name }}', {{ 'false' if incremental else 'true' }}, '{{ definition_of(model) }}', '{{ invocation_id }}'
    );
    {% if not incremental %}
        delete from bookkeeping.consumed where model = '{{ model.name }}';
    {% endif %}
    {% if spec.raw and raw_relation(spec.raw.platform, spec.raw.resource) %}
        {{ consume_loads(spec.raw.platform) }}
    {% elif spec.raw_all and loads_relation(spec.raw_all) %}
        {{ consume_loads(spec.raw_all) }}
    {% endif %}
    {% for producer, readers in consumed_batches(spec).items() %}
        {{ consume_batches(producer, readers) }}
    {% endfor %}
    {% if incremental and not spec.raw_all %}
        {% if spec.raw %}{{ collect_touched_ids(spec) }}{% else %}{{ collect_touched_groups(spec) }}{% endif %}
    {% endif %}
{% endmacro %}

{% macro current_batch() -%}
    currval(pg_get_serial_sequence('bookkeeping.produced', 'batch'))
{%- endmacro %}

{# The completed loads that this model has not read. Called only where the raw table exists: the loads before
   its first document stay unread then, which is harmless, while a load read too early would be lost. #}
{% macro consume_loads(platform) %}
    insert into bookkeeping.consumed (model, producer, batch, consumed_in)
    select '{{ model.name }}', 'raw_{{ platform }}', loads.load_id, {{ current_batch() }}
    from ({{ completed_loads(platform) }}) as loads
    where
        not exists (
            select 1
            from bookkeeping.consumed as mine
            where
                mine.model = '{{ model.name }}'
                and mine.producer = 'raw_{{ platform }}'
                and mine.batch = loads.load_id
        )
    on conflict do nothing;
{% endmacro %}

{# The batches of a producer that every reader between it and this model has read, and this model has not.
   A reader that was rebuilt alone counts as well: its full batches are batches of their own. #}
{% macro consume_batches(producer, readers) %}
    insert into bookkeeping.consumed (model, producer, batch, consumed_in)
    select '{{ model.name }}', produced.model, cast(produced.batch as text), {{ current_batch() }}
    from bookkeeping.produced as produced
    where
        (
            produced.model = '{{ producer }}'
            {% for reader in readers %}
                and exists (
                    select 1
                    from bookkeeping.consumed as theirs
                    where
                        theirs.model = '{{ reader }}'
                        and theirs.producer = '{{ producer }}'
                        and theirs.batch = cast(produced.batch as text)
                )
            {% endfor %}
            {% for reader in readers %}
                or (produced.model = '{{ reader }}' and produced.is_full)
            {% endfor %}
        )
        and not exists (
            select 1
            from bookkeeping.consumed as mine
            where
                mine.model = '{{ model.name }}'
                and mine.producer = produced.model
                and mine.batch = cast(produced.batch as text)
        )
    on conflict do nothing;
{% endmacro %}
