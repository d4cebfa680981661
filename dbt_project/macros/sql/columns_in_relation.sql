{# dbt asks four times for each model what columns a table has. The information schema looks at everybody's rights to each
   of them first, which takes most of a millisecond a column; the catalogue itself answers the same at once. #}
{% macro postgres__get_columns_in_relation(relation) -%}
    {% call statement('get_columns_in_relation', fetch_result=True) %}
        select
            attname as column_name,
            format_type(atttypid, null) as data_type,
            information_schema._pg_char_max_length(atttypid, atttypmod) as character_maximum_length,
            information_schema._pg_numeric_precision(atttypid, atttypmod) as numeric_precision,
            information_schema._pg_numeric_scale(atttypid, atttypmod) as numeric_scale
        from pg_attribute
        where
            attrelid = to_regclass('{{ relation.include(database=false) }}')
            and attnum > 0
            and not attisdropped
        order by attnum
    {% endcall %}
    {{ return(sql_convert_columns_in_relation(load_result('get_columns_in_relation').table)) }}
{%- endmacro %}
