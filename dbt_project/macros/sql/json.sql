{# JSON is unpacked in these macros and nowhere else: they are what another engine has to bring. #}

{# Documents arrive as text, exactly as sent. \u0000 is legal JSON but no character of PostgreSQL's. #}
{% macro healed(document) -%}
    {{ return(adapter.dispatch('healed', 'countinghouse')(document)) }}
{%- endmacro %}

{% macro postgres__healed(document) -%}
    case
        when strpos({{ document }}, '\u0000') > 0
            then regexp_replace({{ document }}, '(?<!\\)((?:\\\\)*)\\u0000', '\1\ufffd', 'g')
        else {{ document }}
    end
{%- endmacro %}

{% macro is_valid_json(document) -%}
    {{ return(adapter.dispatch('is_valid_json', 'countinghouse')(document)) }}
{%- endmacro %}

{% macro postgres__is_valid_json(document) -%}
    {# Objects only: every document of the log is one thing. #}
    left(ltrim({{ document }}), 1) = '{' and pg_input_is_valid({{ healed(document) }}, 'jsonb')
{%- endmacro %}

{# One row per input row: `fields` of a document's text as columns of `alias`. Types: text or jsonb. #}
{% macro unpack_document(document, alias, fields) -%}
    {{ return(adapter.dispatch('unpack_document', 'countinghouse')(document, alias, fields)) }}
{%- endmacro %}

{% macro postgres__unpack_document(document, alias, fields) -%}
    left join lateral jsonb_to_record(cast({{ healed(document) }} as jsonb)) as {{ alias }} (
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
