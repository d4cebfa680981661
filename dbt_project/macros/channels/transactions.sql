{# What orders and the purchases of analytics meet by. Shops send the order's id, its number or its name, with or without
   `#`: the text without that, in one store. NULL where either is absent: a purchase of no store meets no order. #}
{% macro transaction_key(store_key, transaction_id) -%}
    {%- set id = 'nullif(' ~ trim_leading("lower(trim(" ~ transaction_id ~ "))", '#') ~ ", '')" -%}
    {{ dbt.hash(dbt.concat([store_key, "'|'", id])) }}
{%- endmacro %}

{% macro trim_leading(expression, character) -%}
    {{ return(adapter.dispatch('trim_leading', 'countinghouse')(expression, character)) }}
{%- endmacro %}

{% macro default__trim_leading(expression, character) -%}
    trim(leading '{{ character }}' from {{ expression }})
{%- endmacro %}

{# Of a CTE of orders, each with id_transaction_key and name_transaction_key, and a relation of purchases: the purchases
   with the one order that each is of. An order's number may be another's id: the nearest day decides, then the id.
   A refund alone is nobody's purchase: Google has not seen that order. #}
{% macro nearest_orders(orders, purchases) -%}
    select *
    from (
        select
            purchases.*,
            keys.order_key,
            row_number() over (
                partition by purchases.web_purchase_key
                order by
                    abs({{ days_between('keys.order_date', 'purchases.first_seen_date') }}), keys.rank, keys.order_key
            ) as nearness
        from (
            select order_key, order_date, id_transaction_key as transaction_key, 1 as rank
            from {{ orders }}
            union all
            select order_key, order_date, name_transaction_key, 2 as rank
            from {{ orders }}
            where name_transaction_key <> id_transaction_key
        ) as keys
        inner join {{ purchases }} as purchases
            on keys.transaction_key = purchases.transaction_key and purchases.times_reported > 0
    ) as ranked
    where nearness = 1
{%- endmacro %}

{# Orders that a purchase of a touched order could be of as well: `touched_groups` grows to all of them, by index. #}
{% macro expand_to_transactions() %}
    {%- set orders = tracked_relation('int_orders_unioned') %}
    insert into touched_groups (key)
    with recursive reached (key) as (
        select touched_groups.key
        from touched_groups
        where not exists (select 1 from ({{ taken_batches() }}) as taken where taken.is_full)
        union
        select held.order_key as key
        from reached
        cross join lateral (
            select {{ transaction_key('now.store_key', 'now.web_order_id') }} as transaction_key
            from {{ orders }} as now
            where now.order_key = reached.key
            union all
            select {{ transaction_key('now.store_key', 'now.order_name') }}
            from {{ orders }} as now
            where now.order_key = reached.key
            union all
            select before.id_transaction_key
            from {{ this }} as before
            where before.order_key = reached.key
            union all
            select before.name_transaction_key
            from {{ this }} as before
            where before.order_key = reached.key
        ) as wanted
        cross join lateral (
            select by_id.order_key
            from {{ this }} as by_id
            where by_id.id_transaction_key = wanted.transaction_key
            union all
            select by_name.order_key
            from {{ this }} as by_name
            where by_name.name_transaction_key = wanted.transaction_key
            offset 0
        ) as held
    )

    select reached.key from reached
    except
    select touched_groups.key from touched_groups;
    analyze touched_groups;
{%- endmacro %}

{# Whether a purchase of analytics names a way that somebody came by, in place of none or of one that is not told. #}
{% macro is_known_origin(purchase) -%}
    coalesce(
        {{ purchase }}.channel_group <> 'Direct'
        and {{ purchase }}.source not in ('', '(direct)', '(not set)', '(other)', '(data not available)'),
        false
    )
{%- endmacro %}

{# Analytics saw the visit that the order's own tags or click tell of. It knows what they do not: which kind of campaign a
   click on Google's ads belongs to. #}
{% macro is_same_visit() -%}
    is_ga4_known and lower(ga4_source) = lower(own_source) and lower(ga4_medium) = lower(own_medium)
{%- endmacro %}
