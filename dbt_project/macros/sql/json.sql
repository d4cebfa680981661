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

{# One row per element of a JSON array; anything that is not an array has none. #}
{% macro unnest_json(column, alias, fields) -%}
    {{ return(adapter.dispatch('unnest_json', 'countinghouse')(column, alias, fields)) }}
{%- endmacro %}

{% macro postgres__unnest_json(column, alias, fields) -%}
    cross join lateral jsonb_to_recordset(
        case when jsonb_typeof({{ column }}) = 'array' then {{ column }} else '[]' end
    ) as {{ alias }} ({{ json_fields(fields) }})
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
