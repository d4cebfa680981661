{# The raw table of a resource, or none where nothing of it was ever landed (a scope that was not granted). #}
{% macro raw_relation(platform, resource) -%}
    {%- set wanted = source('raw_' ~ platform, resource) -%}
    {%- if execute -%}
        {{ return(adapter.get_relation(wanted.database, wanted.schema, wanted.identifier)) }}
    {%- endif -%}
    {{ return(wanted) }}
{%- endmacro %}

{# dlt's own table of loads: bookkeeping, not data, hence no source. #}
{% macro loads_relation(platform) -%}
    {{ return(adapter.get_relation(target.database, 'raw_' ~ platform, '_dlt_loads') if execute) }}
{%- endmacro %}

{% macro completed_loads(platform) -%}
    select completed.load_id
    from {{ api.Relation.create(database=target.database, schema='raw_' ~ platform, identifier='_dlt_loads') }}
        as completed
    where completed.status = 0
{%- endmacro %}

{# The loads this run reads: in a full refresh all of them. #}
{% macro new_loads(platform) -%}
    {%- if is_incremental() -%}
        select consumed.batch
        from bookkeeping.consumed as consumed
        where consumed.consumed_in = {{ current_batch() }} and consumed.producer = 'raw_{{ platform }}'
    {%- else -%}
        {{ completed_loads(platform) }}
    {%- endif -%}
{%- endmacro %}

{# One row per thing of a resource: account_id, id, document (JSON), is_deleted, observed_at, _dlt_load_id.
   The document is the latest readable one; is_deleted says that a later tombstone took the thing away.
   Latest = greatest (updated_at nulls first, observed_at, _dlt_load_id). A daily run looks only at the ids
   that its new loads brought, but at all their versions: an old state that arrives late cannot win. #}
{% macro latest_documents(platform, resource) -%}
    {%- if raw_relation(platform, resource) -%}
        {{ adapter.dispatch('latest_documents', 'countinghouse')(platform, resource) }}
    {%- else -%}
        select
            cast(null as text) as account_id,
            cast(null as text) as id,
            cast(null as jsonb) as document,
            cast(null as boolean) as is_deleted,
            cast(null as timestamptz) as observed_at,
            cast(null as text) as _dlt_load_id
        where false
    {%- endif -%}
{%- endmacro %}

{# Versions are tried from the latest on, by the index on (account_id, id), until one can be read: each
   document is parsed once. #}
{% macro postgres__latest_documents(platform, resource) %}
    {%- set raw = source('raw_' ~ platform, resource) %}
    select
        ids.account_id,
        ids.id,
        content.document,
        content.id is null or coalesce({{ version_rank('tombstone') }} > {{ version_rank('content') }}, false)
            as is_deleted,
        coalesce(content.observed_at, tombstone.observed_at) as observed_at,
        coalesce(content._dlt_load_id, tombstone._dlt_load_id) as _dlt_load_id
    from (
        {% if is_incremental() %}
            select touched_ids.account_id, touched_ids.id from touched_ids
        {% else %}
            select distinct raw.account_id, raw.id from {{ raw }} as raw
            where raw._dlt_load_id in ({{ completed_loads(platform) }})
        {% endif %}
    ) as ids
    left join lateral (
        select version.id, version.updated_at, version.observed_at, version._dlt_load_id, parsed.document
        from (
            select *
            from {{ raw }} as raw
            where
                raw.account_id = ids.account_id
                and raw.id = ids.id
                and not raw.is_deleted
                and raw._dlt_load_id in ({{ completed_loads(platform) }})
            order by raw.updated_at desc nulls last, raw.observed_at desc, raw._dlt_load_id desc
        ) as version
        cross join lateral (select {{ read_json('version.document') }} as document offset 0) as parsed
        where parsed.document is not null
        limit 1
    ) as content on true
    left join (
        select distinct on (raw.account_id, raw.id) raw.*
        from {{ raw }} as raw
        {% if is_incremental() %}
            inner join touched_ids on raw.account_id = touched_ids.account_id and raw.id = touched_ids.id
        {% endif %}
        where raw.is_deleted and raw._dlt_load_id in ({{ completed_loads(platform) }})
        order by
            raw.account_id, raw.id, raw.updated_at desc nulls last, raw.observed_at desc, raw._dlt_load_id desc
    ) as tombstone on ids.account_id = tombstone.account_id and ids.id = tombstone.id
    where content.id is not null or tombstone.id is not null
{% endmacro %}

{% macro version_rank(version) -%}
    (coalesce({{ version }}.updated_at, '-infinity'), {{ version }}.observed_at, {{ version }}._dlt_load_id)
{%- endmacro %}
