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

{# Whether a raw row's load is complete. `is true` keeps the loads in one hash table: as a join they would be
   read again for every id. #}
{% macro is_complete(raw, platform) -%}
    ({{ raw }}._dlt_load_id in ({{ completed_loads(platform) }})) is true
{%- endmacro %}

{# The loads this run reads: in a full refresh all that were complete when it began, for one that is completed
   while it runs is read by the next. #}
{% macro new_loads(platform) -%}
    select consumed.batch
    from bookkeeping.consumed as consumed
    where consumed.consumed_in = {{ current_batch() }} and consumed.producer = 'raw_{{ platform }}'
{%- endmacro %}

{# The raw rows of those loads. In a daily run load by load, fenced, so that the index on the load is used. #}
{% macro rows_of_loads(platform, resource) -%}
    {%- set raw = source('raw_' ~ platform, resource) -%}
    {%- if is_incremental() -%}
        select arrived.*
        from ({{ new_loads(platform) }}) as loads (load_id)
        cross join lateral (select * from {{ raw }} as raw where raw._dlt_load_id = loads.load_id offset 0) as arrived
    {%- else -%}
        select raw.* from {{ raw }} as raw where raw._dlt_load_id in ({{ new_loads(platform) }}) offset 0
    {%- endif -%}
{%- endmacro %}

{# One row per thing of a resource: account_id, id, document (JSON), is_deleted, observed_at, first_observed_at,
   _dlt_load_id. The document is the latest readable one; is_deleted says that a later tombstone took the thing away.
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
            cast(null as timestamptz) as first_observed_at,
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
        ids.first_observed_at,
        coalesce(content._dlt_load_id, tombstone._dlt_load_id) as _dlt_load_id
    from (
        {% if is_incremental() %}
            select touched_ids.account_id, touched_ids.id, version.first_observed_at
            from touched_ids
            cross join lateral (
                select min(raw.observed_at) as first_observed_at
                from {{ raw }} as raw
                where
                    raw.account_id = touched_ids.account_id
                    and raw.id = touched_ids.id
                    and {{ is_complete('raw', platform) }}
            ) as version
        {% else %}
            select raw.account_id, raw.id, min(raw.observed_at) as first_observed_at
            from {{ raw }} as raw
            where {{ is_complete('raw', platform) }}
            group by raw.account_id, raw.id
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
                and {{ is_complete('raw', platform) }}
            order by {{ latest_first() }}
        ) as version
        cross join lateral (select {{ read_json('version.document') }} as document offset 0) as parsed
        where parsed.document is not null
        limit 1
    ) as content on true
    {% if is_incremental() %}
        left join lateral (
            select raw.id, raw.updated_at, raw.observed_at, raw._dlt_load_id
            from {{ raw }} as raw
            where
                raw.account_id = ids.account_id
                and raw.id = ids.id
                and raw.is_deleted
                and {{ is_complete('raw', platform) }}
            order by {{ latest_first() }}
            limit 1
        ) as tombstone on true
    {% else %}
        left join (
            select distinct on (raw.account_id, raw.id) raw.*
            from {{ raw }} as raw
            where raw.is_deleted and {{ is_complete('raw', platform) }}
            order by raw.account_id, raw.id, {{ latest_first() }}
        ) as tombstone on ids.account_id = tombstone.account_id and ids.id = tombstone.id
    {% endif %}
    where content.id is not null or tombstone.id is not null
{% endmacro %}

{# Every readable version and every tombstone of the things that this run reads: account_id, id, document (JSON),
   is_deleted, updated_at, observed_at, _dlt_load_id. #}
{% macro all_documents(platform, resource) -%}
    {%- if raw_relation(platform, resource) -%}
        {{ adapter.dispatch('all_documents', 'countinghouse')(platform, resource) }}
    {%- else -%}
        select
            cast(null as text) as account_id,
            cast(null as text) as id,
            cast(null as jsonb) as document,
            cast(null as boolean) as is_deleted,
            cast(null as timestamptz) as updated_at,
            cast(null as timestamptz) as observed_at,
            cast(null as text) as _dlt_load_id
        where false
    {%- endif -%}
{%- endmacro %}

{% macro postgres__all_documents(platform, resource) %}
    select
        raw.account_id, raw.id, parsed.document, raw.is_deleted, raw.updated_at, raw.observed_at, raw._dlt_load_id
    from {% if is_incremental() %}touched_ids inner join {% endif %}{{ source('raw_' ~ platform, resource) }} as raw
        {% if is_incremental() %}on touched_ids.account_id = raw.account_id and touched_ids.id = raw.id{% endif %}
    cross join lateral (select {{ read_json('raw.document') }} as document offset 0) as parsed
    where {{ is_complete('raw', platform) }} and (raw.is_deleted or parsed.document is not null)
{% endmacro %}

{# The readable versions that this run's loads brought, and no others: account_id, id, document (JSON), observed_at,
   _dlt_load_id. For models that hold every version: what they have is not looked at again. #}
{% macro new_documents(platform, resource) -%}
    {%- if raw_relation(platform, resource) -%}
        {{ adapter.dispatch('new_documents', 'countinghouse')(platform, resource) }}
    {%- else -%}
        select
            cast(null as text) as account_id,
            cast(null as text) as id,
            cast(null as jsonb) as document,
            cast(null as timestamptz) as observed_at,
            cast(null as text) as _dlt_load_id
        where false
    {%- endif -%}
{%- endmacro %}

{% macro postgres__new_documents(platform, resource) %}
    select arrived.account_id, arrived.id, parsed.document, arrived.observed_at, arrived._dlt_load_id
    from ({{ rows_of_loads(platform, resource) }}) as arrived
    cross join lateral (select {{ read_json('arrived.document') }} as document offset 0) as parsed
    where not arrived.is_deleted and parsed.document is not null
{% endmacro %}

{% macro version_rank(version) -%}
    (coalesce({{ version }}.updated_at, '-infinity'), {{ version }}.observed_at, {{ version }}._dlt_load_id)
{%- endmacro %}

{% macro latest_first() -%}
    raw.updated_at desc nulls last, raw.observed_at desc, raw._dlt_load_id desc
{%- endmacro %}
