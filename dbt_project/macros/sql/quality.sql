{# What became of the log: the same questions to every platform, which names its resources and staging models. #}

{# store_key, account_id, resource, raw_versions, raw_things: one row per account and resource of the log. An account
   that is no store has no key. #}
{% macro count_log(platform, resources) -%}
    {% for resource in resources if raw_relation(platform, resource) %}
        select
            {% if platform in var('platforms') %}
                {{ surrogate_key("'" ~ platform ~ "'", 'raw.account_id', "'store'") }} as store_key,
            {% else %}
                cast(null as text) as store_key,
            {% endif %}
            raw.account_id,
            '{{ resource }}' as resource,
            count(*) as raw_versions,
            count(distinct raw.id) as raw_things
        from {{ source('raw_' ~ platform, resource) }} as raw
        where raw._dlt_load_id in ({{ completed_loads(platform) }})
        group by raw.account_id
        union all
    {% endfor %}
    select
        cast(null as text) as store_key,
        cast(null as text) as account_id,
        cast(null as text) as resource,
        cast(null as bigint) as raw_versions,
        cast(null as bigint) as raw_things
    where false
{%- endmacro %}

{# `completed 40, trash 1`: how often each status comes, the most frequent first. #}
{% macro listed_counts(name, number) -%}
    {{ dbt.listagg(dbt.concat([name, "' '", number]), "', '", "order by " ~ number ~ " desc, " ~ name) }}
{%- endmacro %}

{# The versions of this run's loads that cannot be read. #}
{% macro unparsable_versions(platform, resources) -%}
    {% for resource in resources if raw_relation(platform, resource) %}
        select
            arrived.account_id,
            '{{ resource }}' as resource,
            arrived.id,
            arrived.document_hash,
            arrived.observed_at,
            arrived._dlt_load_id
        from ({{ rows_of_loads(platform, resource) }}) as arrived
        where not arrived.is_deleted and {{ read_json('arrived.document') }} is null
        union all
    {% endfor %}
    select
        cast(null as text) as account_id,
        cast(null as text) as resource,
        cast(null as text) as id,
        cast(null as text) as document_hash,
        cast(null as timestamptz) as observed_at,
        cast(null as text) as _dlt_load_id
    where false
{%- endmacro %}

{# What became of each thing in the log, per account and resource. `staged`: for each resource its model, the
   column of the native id, and where there are any the conditions of being a test and of being left out. #}
{% macro count_things(platform, staged) -%}
    select
        raw.store_key,
        raw.account_id,
        raw.resource,
        raw.raw_versions,
        raw.raw_things,
        coalesce(staged.staged_things, 0) as staged_things,
        coalesce(staged.test_things, 0) as test_things,
        coalesce(staged.deleted_things, 0) as deleted_things,
        coalesce(staged.excluded_things, 0) as excluded_things,
        coalesce(unparsable.unparsable_things, 0) as unparsable_things
    from {{ ref('stg_' ~ platform ~ '__raw_counts') }} as raw
    left join (
        {% for resource, one in staged.items() %}
            select
                account_id,
                '{{ resource }}' as resource,
                count(*) as staged_things,
                sum(case when is_deleted then 1 else 0 end) as deleted_things,
                sum(case when not is_deleted and {{ one.test or 'false' }} then 1 else 0 end) as test_things,
                sum(case
                    when not is_deleted and not {{ one.test or 'false' }} and ({{ one.excluded or 'false' }}) then 1
                    else 0
                end) as excluded_things
            from {{ ref(one.model) }}
            group by account_id
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as staged on raw.account_id = staged.account_id and raw.resource = staged.resource
    left join (
        -- nothing readable was ever sent of these; an unreadable version of a known thing leaves the older one in use
        select versions.account_id, versions.resource, count(distinct versions.id) as unparsable_things
        from {{ ref('stg_' ~ platform ~ '__unparsable') }} as versions
        left join (
            {% for resource, one in staged.items() %}
                select account_id, '{{ resource }}' as resource, {{ one.id }} as id from {{ ref(one.model) }}
                {% if not loop.last %}union all{% endif %}
            {% endfor %}
        ) as known
            on
                versions.account_id = known.account_id
                and versions.resource = known.resource
                and versions.id = known.id
        where known.id is null
        group by versions.account_id, versions.resource
    ) as unparsable on raw.account_id = unparsable.account_id and raw.resource = unparsable.resource
{%- endmacro %}

{# The unreadable versions after which nothing readable of the same thing came. `staged`: as above, and the column
   of the surrogate key, which holds the id or what `of` says in its place. #}
{% macro unread_versions(platform, staged) -%}
    {% for resource, one in staged.items() %}
        select
            versions.account_id,
            versions.resource,
            versions.id,
            versions.observed_at,
            versions._dlt_load_id
        from {{ ref('stg_' ~ platform ~ '__unparsable') }} as versions
        left join lateral (
            -- fenced: by the key, version by version; there are few
            select max(staged.observed_at) as observed_at
            from {{ ref(one.model) }} as staged
            where
                staged.{{ one.key }} = {{ surrogate_key(
                    "'" ~ platform ~ "'",
                    'versions.account_id',
                    one.of or 'versions.id'
                ) }}
                and staged.observed_at > versions.observed_at
        ) as healed on true
        where versions.resource = '{{ resource }}' and healed.observed_at is null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
{%- endmacro %}
