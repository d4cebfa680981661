{# Overrides dbt's relationship test: every distinct key is looked up by index. A join would read the whole parent
   however few rows are in scope, for the planner cannot know how few they are. #}
{% macro postgres__test_relationships(model, column_name, to, field) %}
    select keys.from_field
    from (select distinct {{ column_name }} as from_field from {{ model }} where {{ column_name }} is not null) as keys
    left join lateral (
        select true as is_found
        from {{ to }} as parent
        where parent.{{ field }} = keys.from_field
        limit 1
    ) as parents on true
    where parents.is_found is null
{% endmacro %}
