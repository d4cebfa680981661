{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'ad_day',
        'group_by': ['account_key', 'date_day'],
        'consumes': batches_of({
            'ad_versions': var('ad_platforms'),
            'ad_accounts': var('ad_platforms'),
            'stores': var('platforms'),
        }),
        'finds': found_by_account('fct_ad_restatements'),
        'touches': [
            {
                'grain': 'store_day',
                'keys': [['scope_key', 'date_day']],
                'compare': [
                    'account_key', 'scope_key', 'date_day', 'is_latest', 'is_provisional', 'spend_amount',
                ],
            },
            {
                'grain': 'read_account',
                'keys': [['account_key']],
                'compare': [
                    'account_key', 'scope_key', 'date_day', 'is_latest', 'spend_amount', 'currency_code',
                ],
            },
        ],
    },
    indexes=[{'columns': ['account_key', 'date_day']}, {'columns': ['scope_key', 'date_day']}],
) }}

{%- set parts = {
    'impressions': 'delivery_part', 'clicks': 'delivery_part', 'spend_amount': 'delivery_part',
    'claimed_count': 'claims_part', 'claimed_value': 'claims_part',
} %}

with versions as (
    {{ touched_days(ref('int_ad_versions_unioned'), 'account_key', 'date_day') }}
),

-- what one load brought of a day is one reading, be it one document or two
readings as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        _dlt_load_id,
        max(observed_at) as observed_at,
        max(impressions) as impressions,
        max(clicks) as clicks,
        max(spend_amount) as spend_amount,
        max(claimed_count) as claimed_count,
        max(claimed_value) as claimed_value
    from versions
    group by platform, account_key, account_id, date_day, _dlt_load_id
),

-- a document that had not changed was not landed: it says what it said before
numbered as (
    select
        *,
        row_number() over reading as version_number,
        count(spend_amount) over reading as delivery_part,
        count(claimed_count) over reading as claims_part
    from readings
    window reading as (partition by account_key, date_day order by observed_at, _dlt_load_id)
),

carried as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        _dlt_load_id,
        observed_at,
        version_number,
        {% for measure in parts %}
            max({{ measure }}) over (
                partition by account_key, date_day, {{ parts[measure] }}
            ) as {{ measure }},
        {% endfor %}
        row_number() over (
            partition by account_key, date_day order by observed_at desc, _dlt_load_id desc
        ) = 1 as is_latest
    from numbered
),

compared as (
    select
        *,
        {% for measure in parts %}
            {{ measure }} - lag({{ measure }}) over reading as {{ measure }}_change,
            -- the first that there is: a document may have been missing from the first readings
            {{ measure }} - first_value({{ measure }}) over (
                partition by account_key, date_day
                order by case when {{ measure }} is null then 1 else 0 end, observed_at, _dlt_load_id
            ) as {{ measure }}_since_first,
        {% endfor %}
        {{ final_on_of('platform', 'date_day') }} as final_on
    from carried
    window reading as (partition by account_key, date_day order by observed_at, _dlt_load_id)
)

select
    {{ day_row_key(
        'compared.platform', 'compared.account_id', 'compared.date_day', ['compared._dlt_load_id']
    ) }} as ad_restatement_key,
    compared.platform,
    compared.account_key,
    compared.account_id,
    {{ store_of_account('compared.platform', 'compared.account_id', 'names') }} as store_key,
    coalesce(
        {{ store_of_account('compared.platform', 'compared.account_id', 'names') }}, compared.account_key
    ) as scope_key,
    compared.date_day,
    compared.version_number,
    compared.is_latest,
    {{ days_between(
        'compared.date_day', local_date('compared.observed_at', "coalesce(accounts.time_zone_name, 'UTC')")
    ) }} as days_since,
    {% for measure in parts %}
        compared.{{ measure }},
        compared.{{ measure }}_change,
        compared.{{ measure }}_since_first,
    {% endfor %}
    coalesce(accounts.currency_code, 'XXX') as currency_code,
    {{ is_provisional('compared.observed_at', 'accounts.time_zone_name', 'compared.final_on') }}
        as is_provisional,
    compared.final_on,
    compared.observed_at
from compared
left join {{ ref('int_ad_accounts_unioned') }} as accounts on compared.account_key = accounts.account_key
left join {{ ref('int_store_names') }} as names on compared.account_id = names.account_id
