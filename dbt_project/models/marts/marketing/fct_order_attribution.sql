{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'order',
        'group_by': ['order_key'],
        'consumes': dict(platform_batches(['orders', 'order_visits']), fct_web_purchases=[]),
        'finds': [
            {
                'grain': 'web_transaction',
                'in': 'fct_order_attribution',
                'by': ['id_transaction_key'],
                'group': 'order_key',
            },
            {
                'grain': 'web_transaction',
                'in': 'fct_order_attribution',
                'by': ['name_transaction_key'],
                'group': 'order_key',
            },
        ],
        'expands': 'expand_to_transactions',
        'touches': [
            {
                'grain': 'store_day',
                'keys': [['store_key', 'order_date']],
                'compare': [
                    'order_key', 'store_key', 'order_date', 'channel_group', 'web_purchase_key', 'own_source',
                ],
            },
            {
                'grain': 'order_channel',
                'keys': [['order_key']],
                'compare': ['order_key', 'channel_group'],
            },
            {
                'grain': 'web_transaction',
                'keys': [['id_transaction_key'], ['name_transaction_key']],
                'compare': [
                    'order_key', 'store_key', 'id_transaction_key', 'name_transaction_key', 'web_purchase_key',
                    'channel_group', 'own_source', 'original_total_amount', 'currency_code', 'order_date',
                ],
            },
        ],
    },
    indexes=[
        {'columns': ['id_transaction_key']},
        {'columns': ['name_transaction_key']},
        {'columns': ['store_key', 'order_date']},
    ],
) }}
{%- set parts = ['source', 'medium', 'campaign', 'channel_group'] %}

with orders as (
    select
        *,
        {{ transaction_key('store_key', 'web_order_id') }} as id_transaction_key,
        {{ transaction_key('store_key', 'order_name') }} as name_transaction_key
    from {{ ref('int_orders_unioned') }}
    {{ only_touched('order_key', below=true, condition='is_placed and not is_test') }}
),

visits as (
    select
        *,
        {{ default_channel_group('source', 'medium', 'campaign') }} as channel_group
    from {{ ref('int_order_visits_unioned') }}
    {{ only_touched('order_key', below=true) }}
),

-- every purchase is one order's: of those it could be, the one placed nearest to its first report
claimed as (
    {{ nearest_orders('orders', ref('fct_web_purchases')) }}
),

purchases as (
    select
        *,
        row_number() over (partition by order_key order by first_seen_date, web_purchase_key) as number
    from claimed
),

known as (
    select
        orders.*,
        own.evidence as own_evidence,
        own.visited_at as own_visited_at,
        own.referrer_url as own_referrer_url,
        own.landing_page_url as own_landing_page_url,
        purchases.web_purchase_key,
        {% for part in parts %}
            own.{{ part }} as own_{{ part }},
            purchases.{{ part ~ '_name' if part == 'campaign' else part }} as ga4_{{ part }},
            earlier.{{ part }} as earlier_{{ part }},
        {% endfor %}
        own.evidence <> 'none' as is_own_known,
        {{ is_known_origin('purchases') }} as is_ga4_known,
        earlier.evidence <> 'none'
        and earlier.visited_at >= {{ minutes_after('orders.placed_at', -30 * 24 * 60) }}
        and earlier.visited_at <= orders.placed_at as is_earlier_known
    from orders
    left join visits as own on orders.order_key = own.order_key and own.position = 'last'
    left join visits as earlier on orders.order_key = earlier.order_key and earlier.position = 'first'
    left join purchases on orders.order_key = purchases.order_key and purchases.number = 1
),

decided as (
    select
        *,
        case
            when own_evidence = 'utm' then 'order_utm'
            -- the click leads to an ad, and GA4 was told which if it saw it: not of others' than Google's
            when own_evidence = 'click_id' and {{ is_same_visit() }} then 'ga4'
            when own_evidence = 'click_id' then 'order_click_id'
            when own_evidence = 'referrer' then 'order_referrer'
            when is_ga4_known then 'ga4'
            when is_earlier_known then 'last_non_direct'
            when own_evidence = 'none' or ga4_channel_group = 'Direct' then 'direct'
            else 'unattributed'
        end as evidence,
        case
            when is_own_known then 'last_visit'
            when is_ga4_known then 'ga4'
            when is_earlier_known then 'first_visit'
        end as last_non_direct_from
    from known
)

select
    order_key,
    platform,
    store_key,
    web_purchase_key,
    id_transaction_key,
    name_transaction_key,
    evidence,
    {% for part in parts[:-1] %}
        case
            when evidence in ('order_utm', 'order_click_id', 'order_referrer') then own_{{ part }}
            when evidence = 'ga4' then ga4_{{ part }}
            when evidence = 'last_non_direct' then earlier_{{ part }}
            {%- if part == 'source' %} when evidence = 'direct' then '(direct)'{% endif %}
            {%- if part == 'medium' %} when evidence = 'direct' then '(none)'{% endif %}
        end as {{ part }},
    {% endfor %}
    case
        when evidence = 'order_utm' and {{ is_same_visit() }} then ga4_channel_group
        when evidence in ('order_utm', 'order_click_id', 'order_referrer') then own_channel_group
        when evidence = 'ga4' then ga4_channel_group
        when evidence = 'last_non_direct' then earlier_channel_group
        when evidence = 'direct' then 'Direct'
        else '{{ unattributed_channel() }}'
    end as channel_group,
    own_evidence,
    {% for part in parts %}own_{{ part }},{% endfor %}
    own_referrer_url,
    own_landing_page_url,
    {% for part in parts %}ga4_{{ part }},{% endfor %}
    last_non_direct_from,
    {% for part in parts %}
        case last_non_direct_from
            when 'last_visit' then own_{{ part }}
            when 'ga4' then ga4_{{ part }}
            when 'first_visit' then earlier_{{ part }}
        end as last_non_direct_{{ part }},
    {% endfor %}
    original_total_amount,
    currency_code,
    own_visited_at,
    placed_at,
    order_date,
    observed_at
from decided
