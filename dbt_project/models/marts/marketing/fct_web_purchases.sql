{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'web_purchase',
        'group_by': ['web_purchase_key'],
        'consumes': batches_of({
            'web_purchases': var('web_platforms'),
            'web_properties': var('web_platforms'),
            'stores': var('platforms'),
        }, ['dim_exchange_rate']),
        'finds': [
            {'grain': 'ad_account', 'in': 'fct_web_purchases', 'by': ['property_key'], 'group': 'web_purchase_key'},
            {'grain': 'account', 'in': 'fct_web_purchases', 'by': ['account_id'], 'group': 'web_purchase_key'},
            {
                'grain': 'currency_day', 'in': 'fct_web_purchases', 'by': ['currency_code', 'first_seen_date'],
                'group': 'web_purchase_key',
            },
        ],
        'touches': [
            {'grain': 'web_purchase', 'keys': [['web_purchase_key']]},
            {'grain': 'web_transaction', 'keys': [['transaction_key']]},
            {
                'grain': 'store_day',
                'keys': [['store_key', 'first_seen_date']],
                'compare': [
                    'web_purchase_key', 'store_key', 'first_seen_date', 'channel_group', 'is_unidentified',
                    'times_reported',
                ],
            },
        ],
    },
    indexes=[
        {'columns': ['transaction_key']},
        {'columns': ['store_key', 'first_seen_date']},
        {'columns': ['currency_code', 'first_seen_date']},
    ],
) }}

{%- set dimensions = ['channel_group', 'source', 'medium', 'campaign_name', 'device_category', 'country'] %}
{%- set measures = ['purchases', 'revenue_amount', 'tax_amount', 'shipping_amount', 'refund_amount'] %}
{%- set flags = ['is_sampled', 'is_thresholded', 'has_other_row'] %}

-- several rows of a day can be one: those without an id, and those that Google joined
with by_day as (
    select
        web_purchase_key,
        platform,
        account_key,
        account_id,
        date_day,
        is_unidentified,
        {{ dimensions | join(',\n        ') }},
        max(transaction_id) as transaction_id,
        max(currency_code) as currency_code,
        {% for flag in flags %}
            {{ any_true(flag) }} as {{ flag }},
        {% endfor %}
        {% for measure in measures %}
            sum({{ measure }}) as {{ measure }},
        {% endfor %}
        max(observed_at) as observed_at
    from {{ ref('int_web_purchases_unioned') }}
    {{ only_touched('web_purchase_key', below=true) }}
    group by
        web_purchase_key, platform, account_key, account_id, date_day, is_unidentified,
        {{ dimensions | join(', ') }}
),

reported as (
    select
        *,
        -- the day on which it was first a purchase; a refund alone is none
        row_number() over (
            partition by web_purchase_key
            order by
                case when purchases > 0 then 0 else 1 end, date_day, -purchases, {{ dimensions | join(', ') }}
        ) as place,
        sum(purchases) over (partition by web_purchase_key) as times_reported,
        sum(refund_amount) over (partition by web_purchase_key) as refunded_amount,
        max(observed_at) over (partition by web_purchase_key) as last_observed_at
    from by_day
),

purchases as (
    select
        reported.*,
        -- what a day has several times has its amounts as often; without an id they are several purchases
        case when is_unidentified or purchases <= 1 then 1 else purchases end as repetitions,
        {{ store_of_account('reported.platform', 'reported.account_id', 'names') }} as store_key,
        coalesce(reported.currency_code, properties.currency_code, 'XXX') as known_currency_code,
        properties.time_zone_name,
        {{ final_on_of('reported.platform', 'reported.date_day') }} as final_on
    from reported
    left join {{ ref('int_web_properties_unioned') }} as properties
        on reported.account_key = properties.account_key
    left join {{ ref('int_store_names') }} as names on reported.account_id = names.account_id
    where reported.place = 1
),

counted as (
    select
        purchases.*,
        {% for name in ['revenue', 'tax', 'shipping'] %}
            case
                when repetitions = 1 then {{ name }}_amount
                else round({{ name }}_amount / repetitions, 6)
            end as {{ name }}_once,
        {% endfor %}
        {{ reporting_rate_of('purchases.known_currency_code', 'rates') }} as reporting_rate
    from purchases
    left join {{ ref('dim_exchange_rate') }} as rates
        on purchases.known_currency_code = rates.currency_code and purchases.date_day = rates.date_day
)

select
    web_purchase_key,
    case
        when is_unidentified or store_key is null then web_purchase_key
        else coalesce({{ transaction_key('store_key', 'transaction_id') }}, web_purchase_key)
    end as transaction_key,
    platform,
    account_key as property_key,
    account_id,
    store_key,
    case when not is_unidentified then transaction_id end as transaction_id,
    date_day as first_seen_date,
    channel_group,
    source,
    medium,
    campaign_name,
    device_category,
    country,
    is_unidentified,
    cast(times_reported as bigint) as times_reported,
    revenue_once as revenue_amount,
    tax_once as tax_amount,
    shipping_once as shipping_amount,
    refunded_amount,
    known_currency_code as currency_code,
    {{ in_reporting_money('revenue_once', 'reporting_rate') }} as reporting_revenue_amount,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    -- of the day that it counts on
    {{ is_provisional('observed_at', 'time_zone_name', 'final_on') }} as is_provisional,
    final_on,
    {{ flags | join(',\n    ') }},
    last_observed_at as observed_at
from counted
