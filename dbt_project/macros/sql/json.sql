{# JSON is unpacked in these macros and nowhere else: they are what another engine has to bring. #}

{# Reads a document once, guarded: the JSON object, or NULL where the text is none. Only a text that cannot be
   read costs more: \u0000, legal JSON but no character of PostgreSQL's, is healed then. A function with an
   exception handler, because pg_input_is_valid() beside the cast would parse every document twice. #}
{% macro read_json(document) -%}
    {{ return(adapter.dispatch('read_json', 'countinghouse')(document)) }}
{%- endmacro %}

{% macro postgres__read_json(document) -%}
    bookkeeping.read_json({{ document }})
{%- endmacro %}

{% macro create_json_reader() %}
    create or replace function bookkeeping.read_json(document text) returns jsonb
    language plpgsql immutable strict parallel unsafe as $read$
    declare
        healed constant text := '(?<!\\)((?:\\\\)*)\\u0000';
        result jsonb;
    begin
        begin
            result := document::jsonb;
        exception when others then
            begin
                result := regexp_replace(document, healed, '\1\ufffd', 'g')::jsonb;
            exception when others then
                return null;
            end;
        end;
        return case when jsonb_typeof(result) = 'object' then result end;
    end
    $read$;
{% endmacro %}

{# One row per input row: `fields` of a JSON object as columns of `alias`. Types: text or jsonb. #}
{% macro unpack_document(document, alias, fields) -%}
    {{ return(adapter.dispatch('unpack_document', 'countinghouse')(document, alias, fields)) }}
{%- endmacro %}

{% macro postgres__unpack_document(document, alias, fields) -%}
    left join lateral jsonb_to_record({{ document }}) as {{ alias }} (
        {{ json_fields(fields) }}
    ) on true
{%- endmacro %}

{# One row per object in a JSON array; anything that is not an array has none, and what is no object in it is
   left out. #}
{% macro unnest_json(column, alias, fields) -%}
    {{ return(adapter.dispatch('unnest_json', 'countinghouse')(column, alias, fields)) }}
{%- endmacro %}

{% macro postgres__unnest_json(column, alias, fields) -%}
    cross join lateral jsonb_to_recordset({{ json_objects(column) }}) as {{ alias }} ({{ json_fields(fields) }})
{%- endmacro %}

{# The array as it is wherever it can be: filtering copies it. #}
{% macro json_objects(column) -%}
    case
        when jsonb_typeof({{ column }}) is distinct from 'array' then '[]'
        when jsonb_path_exists({{ column }}, '$[*] ? (@.type() != "object")')
            then jsonb_path_query_array({{ column }}, '$[*] ? (@.type() == "object")')
        else {{ column }}
    end
{%- endmacro %}

{# Text elements of a JSON array, one row each: alias.value and alias.position. #}
{% macro unnest_json_text(column, alias) -%}
    {{ return(adapter.dispatch('unnest_json_text', 'countinghouse')(column, alias)) }}
{%- endmacro %}

{% macro postgres__unnest_json_text(column, alias) -%}
    cross join lateral jsonb_array_elements_text(
        case when jsonb_typeof({{ column }}) = 'array' then {{ column }} else '[]' end
    ) with ordinality as {{ alias }} (value, position)
{%- endmacro %}

{# One row per field of a JSON object: alias.name and alias.value, as text. What is no object, or an empty one, has
   one row without a name. #}
{% macro unnest_json_fields(column, alias) -%}
    {{ return(adapter.dispatch('unnest_json_fields', 'countinghouse')(column, alias)) }}
{%- endmacro %}

{% macro postgres__unnest_json_fields(column, alias) -%}
    left join lateral jsonb_each_text(
        case when jsonb_typeof({{ column }}) = 'object' then {{ column }} else '{}' end
    ) as {{ alias }} (name, value) on true
{%- endmacro %}

{% macro json_fields(fields) -%}
    {%- for name, type in fields.items() %}"{{ name }}" {{ type }}{{ ', ' if not loop.last }}{% endfor -%}
{%- endmacro %}

{# The text at a path below a JSON column: json_text('r."customer"', 'id'). #}
{% macro json_text(column) -%}
    {{ return(adapter.dispatch('json_text', 'countinghouse')(column, varargs)) }}
{%- endmacro %}

{% macro postgres__json_text(column, path) -%}
    {%- set steps = path[:-1] | map('replace', "'", "''") | list -%}
    ({{ column }}{% for step in steps %} -> '{{ step }}'{% endfor %} ->> '{{ path[-1] }}')
{%- endmacro %}

{# Amounts of a MoneyBag in the shop's and in the buyer's currency. #}
{% macro shop_money(column) -%}
    {{ to_numeric(json_text(column, 'shopMoney', 'amount')) }}
{%- endmacro %}

{% macro presentment_money(column) -%}
    {{ to_numeric(json_text(column, 'presentmentMoney', 'amount')) }}
{%- endmacro %}

{# The JSON below a JSON column. #}
{% macro json_value(column, name) -%}
    {{ return(adapter.dispatch('json_value', 'countinghouse')(column, name)) }}
{%- endmacro %}

{% macro postgres__json_value(column, name) -%}
    ({{ column }} -> '{{ name }}')
{%- endmacro %}

{# Whether a JSON object has a value of this name, were it null. #}
{% macro json_has(column, name) -%}
    {{ return(adapter.dispatch('json_has', 'countinghouse')(column, name)) }}
{%- endmacro %}

{% macro postgres__json_has(column, name) -%}
    jsonb_exists({{ column }}, '{{ name }}')
{%- endmacro %}

{# The quantity called `name` in a list of {name, quantity}. #}
{% macro quantity_named(column, name) -%}
    {{ return(adapter.dispatch('quantity_named', 'countinghouse')(column, name)) }}
{%- endmacro %}

{% macro postgres__quantity_named(column, name) -%}
    {{ to_integer("(jsonb_path_query_first(" ~ column ~ ", '$[*] ? (@.name == \"" ~ name ~ "\").quantity') #>> '{}')") }}
{%- endmacro %}

{# Whether a JSON array holds an object whose `name` is `value`. #}
{% macro json_has_element(column, name, value) -%}
    {{ return(adapter.dispatch('json_has_element', 'countinghouse')(column, name, value)) }}
{%- endmacro %}

{% macro postgres__json_has_element(column, name, value) -%}
    coalesce({{ column }} @> '[{"{{ name }}": "{{ value }}"}]', false)
{%- endmacro %}

{# Whether a JSON column is an array with at least one object in it. #}
{% macro json_has_objects(column) -%}
    {{ return(adapter.dispatch('json_has_objects', 'countinghouse')(column)) }}
{%- endmacro %}

{% macro postgres__json_has_objects(column) -%}
    coalesce(jsonb_path_exists({{ column }}, '$[*] ? (@.type() == "object")') and jsonb_typeof({{ column }}) = 'array', false)
{%- endmacro %}

{# Whether an object of a JSON array has a quantity other than nought. #}
{% macro json_has_units(column) -%}
    {{ return(adapter.dispatch('json_has_units', 'countinghouse')(column)) }}
{%- endmacro %}

{% macro postgres__json_has_units(column) -%}
    coalesce(jsonb_path_exists({{ column }}, '$[*].quantity ? (@ != 0 || @ != "0")'), false)
{%- endmacro %}

{# Whether a JSON array holds the text; NULL where the column is no array. #}
{% macro json_has_text(column, text) -%}
    {{ return(adapter.dispatch('json_has_text', 'countinghouse')(column, text)) }}
{%- endmacro %}

{% macro postgres__json_has_text(column, text) -%}
    (case when jsonb_typeof({{ column }}) = 'array' then {{ column }} ? {{ text }} end)
{%- endmacro %}

{# The text of `name` in the first object of a JSON array. #}
{% macro json_first(column, name) -%}
    {{ return(adapter.dispatch('json_first', 'countinghouse')(column, name)) }}
{%- endmacro %}

{% macro postgres__json_first(column, name) -%}
    (jsonb_path_query_first({{ column }}, '$[0].{{ name }}') #>> '{}')
{%- endmacro %}

{# The value of a key in a list of {key, value}, as text whatever type it was sent in; the first, where keys repeat. #}
{% macro json_entry(column, key) -%}
    {{ return(adapter.dispatch('json_entry', 'countinghouse')(column, key)) }}
{%- endmacro %}

{% macro postgres__json_entry(column, key) -%}
    (jsonb_path_query_first({{ column }}, '$[*] ? (@.key == "{{ key }}").value') #>> '{}')
{%- endmacro %}

{# The texts of `name` in the objects of a JSON array, joined; NULL without any. #}
{% macro json_joined(column, name, separator) -%}
    {{ return(adapter.dispatch('json_joined', 'countinghouse')(column, name, separator)) }}
{%- endmacro %}

{% macro postgres__json_joined(column, name, separator) -%}
    (
        select string_agg(nullif(elements.value #>> '{}', ''), '{{ separator }}' order by elements.position)
        from
            jsonb_path_query({{ column }}, '$[*].{{ name }}')
            with ordinality as elements (value, position)
    )
{%- endmacro %}

{# The sum of a money field over the objects of a JSON array, without signs; zero without any. #}
{% macro json_sum(column, name) -%}
    {{ return(adapter.dispatch('json_sum', 'countinghouse')(column, name)) }}
{%- endmacro %}

{% macro postgres__json_sum(column, name) -%}
    (
        select coalesce(sum(abs({{ to_numeric("elements.value #>> '{}'") }})), 0)
        from jsonb_path_query({{ column }}, '$[*].{{ name }}') as elements (value)
    )
{%- endmacro %}

{# Where the objects called so stand in a list of {name}, from nought on: `alias`.column for {column: name}, one row. #}
{% macro json_positions(column, alias, names) -%}
    {{ return(adapter.dispatch('json_positions', 'countinghouse')(column, alias, names)) }}
{%- endmacro %}

{% macro postgres__json_positions(column, alias, names) -%}
    cross join lateral (
        select
            {%- for name, sent in names.items() %}
                cast(min(case when listed.value ->> 'name' = '{{ sent }}' then listed.position - 1 end) as integer)
                    as {{ name }}{{ ',' if not loop.last }}
            {%- endfor %}
        from jsonb_array_elements(
            case when jsonb_typeof({{ column }}) = 'array' then {{ column }} else '[]' end
        ) with ordinality as listed (value, position)
    ) as {{ alias }}
{%- endmacro %}

{# The text of `name` in the object at a position of a JSON array. #}
{% macro json_at(column, position, name) -%}
    {{ return(adapter.dispatch('json_at', 'countinghouse')(column, position, name)) }}
{%- endmacro %}

{% macro postgres__json_at(column, position, name) -%}
    ({{ column }} -> {{ position }} ->> '{{ name }}')
{%- endmacro %}
