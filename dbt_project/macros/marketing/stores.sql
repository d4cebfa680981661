{# The store of an account that sells advertising or counts visits: the one that the var `store_of_account` names, else the
   only store that is called as the account is (`names`, a row of int_store_names, left joined). NULL: no store's. #}
{% macro store_of_account(platform, account_id, names) -%}
    {%- set told = var('store_of_account') -%}
    {%- if told -%}
        case {{ platform }} || '/' || {{ account_id }}
            {% for account, store in told.items() %}
                when {{ dbt.string_literal(account) }} then {{ named_store(account, store) }}
            {% endfor %}
            else {{ names }}.store_key
        end
    {%- else -%}
        {{ names }}.store_key
    {%- endif -%}
{%- endmacro %}

{% macro named_store(account, store) -%}
    {%- if not store -%}
        cast(null as {{ dbt.type_string() }})
    {%- else -%}
        {%- set parts = store.split('/') -%}
        {%- if parts | length != 2 or parts[0] not in var('platforms') -%}
            {{ exceptions.raise_compiler_error(
                'The var store_of_account says that ' ~ account ~ ' belongs to ' ~ store
                ~ ': write <platform>/<account> of a store, with a platform of ' ~ var('platforms') | join(', ')
            ) }}
        {%- endif -%}
        {{ surrogate_key(dbt.string_literal(parts[0]), dbt.string_literal(parts[1]), "'store'") }}
    {%- endif -%}
{%- endmacro %}

{# The store that the var `store_of_account` names, as it is written there; NULL where it names none. A store that is not
   there (yet) is no reason to keep the figures of all the others back: a check names the account. #}
{% macro told_store(platform, account_id) -%}
    {%- set told = [] -%}
    {%- for account, store in var('store_of_account').items() if store -%}{%- do told.append([account, store]) -%}{%- endfor -%}
    {%- if told -%}
        case {{ platform }} || '/' || {{ account_id }}
            {% for account, store in told %}
                when {{ dbt.string_literal(account) }} then {{ dbt.string_literal(store) }}
            {% endfor %}
        end
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# The last day that counts of an account that the var `ended_accounts` names; NULL for all others. #}
{% macro ended_on_of(platform, account_id) -%}
    {%- set told = var('ended_accounts') -%}
    {%- if told -%}
        case {{ platform }} || '/' || {{ account_id }}
            {% for account, day in told.items() %}
                when {{ dbt.string_literal(account) }} then cast({{ dbt.string_literal(day | string) }} as date)
            {% endfor %}
        end
    {%- else -%}
        cast(null as date)
    {%- endif -%}
{%- endmacro %}
