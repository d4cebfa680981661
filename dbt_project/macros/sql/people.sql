{# Who somebody is. An identity is a platform's customer, else an e-mail address, else the order itself; persons are
   what `bridge_customer_identity` makes of them. #}

{# Small letters without blanks around them and nothing cleverer: dots and plus signs tell mailboxes apart for some
   providers and not for others. #}
{% macro normalised_email(expression) -%}
    nullif(lower(trim({{ expression }})), '')
{%- endmacro %}

{# The identity behind a normalised address; NULL for what is none, and for what stands where one was erased
   (deleted@site.invalid: nobody lives below .invalid). #}
{% macro email_key(email) -%}
    case
        when {{ email }} like '%_@_%' and {{ email }} not like '%.invalid'
            then {{ dbt.hash(dbt.concat(["'email|'", email])) }}
    end
{%- endmacro %}

{# The identity that an order belongs to, and its type. `former` is what an earlier version of it said: an order that
   loses its customer and its address, as erasure does it, stays with the person. #}
{% macro order_identity(platform, account_id, customer_id, email, order_id) -%}
    coalesce(
        {{ surrogate_key(platform, account_id, customer_id) }},
        {{ email_key(email) }},
        former.customer_key,
        former.email_key,
        {{ surrogate_key(platform, account_id, "'guest:' || " ~ order_id) }}
    )
{%- endmacro %}

{% macro order_identity_type(customer_id, email) -%}
    case
        when {{ customer_id }} is not null then 'customer'
        when {{ email_key(email) }} is not null then 'email'
        when former.customer_key is not null then 'customer'
        when former.email_key is not null then 'email'
        else 'order'
    end
{%- endmacro %}

{# The latest version of the order `of` that named somebody, as `former`: looked for only where `wanted`. `customer_id`
   and `email` are what to take from its `version.document`. #}
{% macro former_identity(platform, of, customer_id, email, wanted) -%}
    {%- if raw_relation(platform, 'orders') -%}
        left join lateral (
            select named.customer_key, named.email_key
            from (
                select
                    raw.updated_at,
                    raw.observed_at,
                    raw._dlt_load_id,
                    {{ surrogate_key("'" ~ platform ~ "'", 'raw.account_id', customer_id) }} as customer_key,
                    {{ email_key(normalised_email(email)) }} as email_key
                from {{ source('raw_' ~ platform, 'orders') }} as raw
                cross join lateral (select {{ read_json('raw.document') }} as document offset 0) as version
                where
                    {{ wanted }}
                    and raw.account_id = {{ of }}.account_id
                    and raw.id = {{ of }}.id
                    and not raw.is_deleted
                    and {{ is_complete('raw', platform) }}
            ) as named
            where coalesce(named.customer_key, named.email_key) is not null
            order by named.updated_at desc nulls last, named.observed_at desc, named._dlt_load_id desc
            limit 1
        ) as former on true
    {%- else -%}
        cross join (select cast(null as text) as customer_key, cast(null as text) as email_key) as former
    {%- endif -%}
{%- endmacro %}

{# Of the CTE `versions` of customers: one row per customer and address that a version of it ever carried, and one
   without an address for the customer as such. The address itself is kept only while it is in use. #}
{% macro customer_emails(platform, columns) -%}
    select
        {{ surrogate_key(platform, 'versions.account_id', 'versions.customer_id') }} as customer_key,
        {{ email_key('carried.email') }} as email_key,
        versions.account_id,
        versions.customer_id,
        max(case when versions.is_current then carried.email end) as email,
        min(versions.observed_at) as first_observed_at,
        min(versions.created_at) as created_at
    from versions
    inner join (
        select distinct account_id, customer_id, cast(null as text) as email
        from versions
        {% for column in columns %}
            union
            select account_id, customer_id, {{ column }} as email
            from versions
            where {{ email_key(column) }} is not null
        {% endfor %}
    ) as carried
        on
            versions.account_id = carried.account_id
            and versions.customer_id = carried.customer_id
            and (
                carried.email is null
                {% for column in columns %} or versions.{{ column }} = carried.email{% endfor %}
            )
    group by versions.account_id, versions.customer_id, carried.email
{%- endmacro %}

{# Whoever is linked with the touched identities, or was: `touched_groups` grows to whole persons, by index, however
   many people there are. An address of too many customers, and a customer of too many addresses, leads nowhere. #}
{% macro expand_to_persons() -%}
    {%- set links = tracked_relation('int_customer_emails_unioned') -%}
    {%- set at_most = var('identity_links_at_most') %}
    insert into touched_groups (key)
    with recursive reached (key) as (
        select touched_groups.key
        from touched_groups
        where not exists (select 1 from ({{ taken_batches() }}) as taken where taken.is_full)
        union
        select found.key
        from reached
        cross join lateral (
            select link.email_key as key
            from {{ links }} as link
            where link.customer_key = reached.key and {{ links_few(links, 'customer_key', at_most) }}
            union all
            select link.customer_key
            from {{ links }} as link
            where link.email_key = reached.key and {{ links_few(links, 'email_key', at_most) }}
            union all
            select other.identity_key
            from {{ this }} as held
            inner join {{ this }} as other on held.customer_key = other.customer_key
            where held.identity_key = reached.key
        ) as found
        where found.key is not null
    )

    select reached.key from reached
    except
    select touched_groups.key from touched_groups;
    analyze touched_groups;
{%- endmacro %}

{% macro links_few(links, column, at_most) -%}
    (
        select count(few.email_key)
        from (
            select counted.email_key
            from {{ links }} as counted
            where counted.{{ column }} = reached.key and counted.email_key is not null
            limit {{ at_most + 1 }}
        ) as few
    ) <= {{ at_most }}
{%- endmacro %}
