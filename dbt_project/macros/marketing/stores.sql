{# The store of an account that sells advertising or counts visits: the one that the var `store_of_account` names, else the
   only store that is called as the account is (`names`, a row of int_store_names, left joined). NULL: no store's. #}
{% macro store_of_account(platform, account_id, names) -%}
    {%- set said = [] -%}
    {%- for account, store in var('store_of_account').items() -%}
        {%- do said.append([account, named_store(account, store)]) -%}
    {%- endfor -%}
    {{ said_of_account(platform, account_id, said, otherwise=names ~ '.store_key') }}
{%- endmacro %}

{# What a var says of single accounts, as [['<platform>/<account>', expression], ...]; of all others it is `otherwise`. #}
{% macro said_of_account(platform, account_id, said, otherwise) -%}
    {%- if said -%}
        case {{ platform }} || '/' || {{ account_id }}
            {% for account, expression in said %}
                when {{ dbt.string_literal(account) }} then {{ expression }}
            {% endfor %}
            else {{ otherwise }}
        end
    {%- else -%}
        {{ otherwise }}
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
    {%- set said = [] -%}
    {%- for account, store in var('store_of_account').items() if store -%}
        {%- do said.append([account, dbt.string_literal(store)]) -%}
    {%- endfor -%}
    {{ said_of_account(platform, account_id, said, otherwise='cast(null as ' ~ dbt.type_string() ~ ')') }}
{%- endmacro %}

{# The last day that counts of an account that the var `ended_accounts` names; NULL for all others. #}
{% macro ended_on_of(platform, account_id) -%}
    {%- set said = [] -%}
    {%- for account, day in var('ended_accounts').items() -%}
        {%- do said.append([account, 'cast(' ~ dbt.string_literal(day | string) ~ ' as date)']) -%}
    {%- endfor -%}
    {{ said_of_account(platform, account_id, said, otherwise='cast(null as date)') }}
{%- endmacro %}
