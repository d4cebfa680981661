{# `value`, as `alias`: what the latest version of the document `of` that has a `key` says under it. For parts that a
   platform hides for a while: a version without the key takes nothing back. Looked for only where `wanted`. #}
{% macro former_value(platform, resource, of, key, wanted, alias) -%}
    {%- if raw_relation(platform, resource) -%}
        left join lateral (
            select {{ json_value('version.document', key) }} as value
            from {{ source('raw_' ~ platform, resource) }} as raw
            cross join lateral (select {{ read_json('raw.document') }} as document offset 0) as version
            where
                {{ wanted }}
                and raw.account_id = {{ of }}.account_id
                and raw.id = {{ of }}.id
                and not raw.is_deleted
                and {{ is_complete('raw', platform) }}
                -- spares parsing those that cannot have it
                and raw.document like '%"{{ key }}"%'
                and {{ json_has('version.document', key) }}
            order by {{ latest_first() }}
            limit 1
        ) as {{ alias }} on true
    {%- else -%}
        cross join (select cast(null as jsonb) as value) as {{ alias }}
    {%- endif -%}
{%- endmacro %}
