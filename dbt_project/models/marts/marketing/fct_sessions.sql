{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'session_day',
        'group_by': ['property_key', 'date_day'],
        'consumes': batches_of({
            'web_sessions': var('web_platforms'),
            'web_properties': var('web_platforms'),
            'stores': var('platforms'),
        }, ['dim_exchange_rate']),
        'finds': found_by_account('fct_sessions', 'property_key') + [{
            'grain': 'currency_day', 'in': 'fct_sessions', 'by': ['currency_code', 'date_day'],
            'group': 'property_key', 'day': 'date_day',
        }],
        'touches': [
            {'grain': 'session_day', 'keys': [['property_key', 'date_day']]},
            {'grain': 'store_day', 'keys': [['scope_key', 'date_day']]},
        ],
    },
    indexes=[
        {'columns': ['property_key', 'date_day']},
        {'columns': ['scope_key', 'date_day']},
        {'columns': ['currency_code', 'date_day']},
    ],
) }}

{%- set dimensions = [
    'channel_group', 'source', 'medium', 'campaign_name', 'landing_page', 'device_category', 'country',
] %}
{%- set counts = [
    'sessions', 'engaged_sessions', 'users', 'new_users', 'item_views', 'add_to_carts', 'checkouts',
    'purchases',
] %}

with reported as (
    {{ touched_days(ref('int_web_sessions_unioned'), 'account_key', 'date_day') }}
),

-- rows that Google joined say '(other)' for a date: several of a day can have the same dimensions
summed as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        {{ dimensions | join(', ') }},
        {% for column in counts %}
            cast(sum({{ column }}) as bigint) as {{ column }},
        {% endfor %}
        sum(purchase_revenue) as purchase_revenue,
        max(currency_code) as currency_code,
        bool_or(is_sampled) as is_sampled,
        bool_or(is_thresholded) as is_thresholded,
        bool_or(has_other_row) as has_other_row,
        max(observed_at) as observed_at
    from reported
    group by platform, account_key, account_id, date_day, {{ dimensions | join(', ') }}
),

placed as (
    select
        summed.*,
        {{ store_of_account('summed.platform', 'summed.account_id', 'names') }} as store_key,
        coalesce(summed.currency_code, properties.currency_code, 'XXX') as known_currency_code,
        properties.time_zone_name,
        {{ final_on_of('summed.platform', 'summed.date_day') }} as final_on
    from summed
    left join {{ ref('int_web_properties_unioned') }} as properties
        on summed.account_key = properties.account_key
    left join {{ ref('int_store_names') }} as names on summed.account_id = names.account_id
),

priced as (
    select
        placed.*,
        {{ reporting_rate_of('placed.known_currency_code', 'rates') }} as reporting_rate
    from placed
    left join {{ ref('dim_exchange_rate') }} as rates
        on placed.known_currency_code = rates.currency_code and placed.date_day = rates.date_day
)

select
    {{ day_row_key('platform', 'account_id', 'date_day', dimensions) }} as session_row_key,
    platform,
    account_key as property_key,
    account_id,
    store_key,
    coalesce(store_key, account_key) as scope_key,
    date_day,
    {{ dimensions | join(',\n    ') }},
    {{ counts | join(',\n    ') }},
    purchase_revenue,
    known_currency_code as currency_code,
    {{ in_reporting_money('purchase_revenue', 'reporting_rate') }} as reporting_purchase_revenue,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    {{ is_provisional('observed_at', 'time_zone_name', 'final_on') }} as is_provisional,
    final_on,
    is_sampled,
    is_thresholded,
    has_other_row,
    observed_at
from priced
