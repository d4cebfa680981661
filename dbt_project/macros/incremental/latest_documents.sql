{# The raw table of a resource, or none where nothing of it was ever landed (a scope that was not granted). #}
{% macro raw_relation(platform, resource) -%}
    {%- set wanted = source('raw_' ~ platform, resource) -%}
    {%- if execute -%}
        {{ return(adapter.get_relation(wanted.database, wanted.schema, wanted.identifier)) }}
    {%- endif -%}
    {{ return(wanted) }}
{%- endmacro %}

{# dlt's own table of loads: bookkeeping, not data, hence no source. #}
{% macro completed_loads(platform) -%}
    {{ api.Relation.create(database=target.database, schema='raw_' ~ platform, identifier='_dlt_loads') }}
{%- endmacro %}

{% macro raw_rows(platform, resource) -%}
    {%- if raw_relation(platform, resource) -%}
        select raw.*
        from {{ source('raw_' ~ platform, resource) }} as raw
        {%- if is_incremental() %}
            inner join touched_ids on raw.account_id = touched_ids.account_id and raw.id = touched_ids.id
        {%- endif %}
        where
            raw._dlt_load_id in (
                select loads.load_id from {{ completed_loads(platform) }} as loads where loads.status = 0
            )
    {%- else -%}
        select
            cast(null as text) as account_id,
            cast(null as text) as id,
            cast(null as {{ dbt.type_timestamp() }}) as updated_at,
            cast(null as {{ dbt.type_timestamp() }}) as observed_at,
            cast(null as boolean) as is_deleted,
            cast(null as text) as document,
            cast(null as text) as _dlt_load_id
        where false
    {%- endif -%}
{%- endmacro %}

{# One row per thing: the latest readable document, and whether a later tombstone says that it is gone.
   Latest = greatest (updated_at nulls first, observed_at, _dlt_load_id). In a daily run only the ids that the
   new loads brought are looked at, over all their versions: an old state that arrives late cannot win. #}
{% macro latest_documents(platform, resource) %}
    select
        coalesce(contents.account_id, tombstones.account_id) as account_id,
        coalesce(contents.id, tombstones.id) as id,
        contents.document,
        tombstones.id is not null
        and (
            contents.id is null
            or {{ version_rank('tombstones') }} > {{ version_rank('contents') }}
        ) as is_deleted,
        coalesce(contents.observed_at, tombstones.observed_at) as observed_at,
        coalesce(contents._dlt_load_id, tombstones._dlt_load_id) as _dlt_load_id
    from (
        select distinct on (raw.account_id, raw.id) raw.*
        from ({{ raw_rows(platform, resource) }}) as raw
        where not raw.is_deleted and {{ is_valid_json('raw.document') }}
        order by
            raw.account_id, raw.id, raw.updated_at desc nulls last, raw.observed_at desc, raw._dlt_load_id desc
    ) as contents
    full outer join (
        select distinct on (raw.account_id, raw.id) raw.*
        from ({{ raw_rows(platform, resource) }}) as raw
        where raw.is_deleted
        order by
            raw.account_id, raw.id, raw.updated_at desc nulls last, raw.observed_at desc, raw._dlt_load_id desc
    ) as tombstones
        on contents.account_id = tombstones.account_id and contents.id = tombstones.id
{% endmacro %}

{% macro version_rank(version) -%}
    (coalesce({{ version }}.updated_at, '-infinity'), {{ version }}.observed_at, {{ version }}._dlt_load_id)
{%- endmacro %}
