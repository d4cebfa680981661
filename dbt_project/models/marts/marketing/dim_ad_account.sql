{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'read_account',
        'group_by': ['account_key'],
        'consumes': {'fct_ad_restatements': []},
        'touches': [{
            'grain': 'scope',
            'keys': [['scope_key']],
            'compare': ['account_key', 'scope_key', 'first_day', 'ended_on'],
        }],
    },
) }}

with wanted as (
    {% if is_incremental() %}
        select key as account_key from touched_groups
    {% else %}
        select distinct account_key from {{ ref('fct_ad_restatements') }}
    {% endif %}
)

-- the ends of an index: how long the account was read is not looked at
select
    wanted.account_key,
    last_read.platform,
    last_read.account_id,
    last_read.store_key,
    last_read.scope_key,
    last_read.currency_code,
    first_read.date_day as first_day,
    last_read.date_day as last_day,
    {{ ended_on_of('last_read.platform', 'last_read.account_id') }} as ended_on
from wanted
inner join lateral (
    select date_day from {{ ref('fct_ad_restatements') }}
    where account_key = wanted.account_key and is_latest and spend_amount is not null
    order by date_day
    limit 1
) as first_read on true
inner join lateral (
    select * from {{ ref('fct_ad_restatements') }}
    where account_key = wanted.account_key and is_latest and spend_amount is not null
    order by date_day desc
    limit 1
) as last_read on true
