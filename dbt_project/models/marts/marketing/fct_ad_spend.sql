{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'ad_day',
        'group_by': ['account_key', 'date_day'],
        'consumes': batches_of({
            'ad_spend': var('ad_platforms'),
            'ad_accounts': var('ad_platforms'),
            'ad_campaigns': var('ad_platforms'),
            'stores': var('platforms'),
        }, ['dim_exchange_rate']),
        'finds': found_by_account('fct_ad_spend') + [
            {
                'grain': 'currency_day', 'in': 'fct_ad_spend', 'by': ['currency_code', 'date_day'],
                'group': 'account_key', 'day': 'date_day',
            },
            {
                'grain': 'campaign_kind', 'in': 'fct_ad_spend', 'by': ['campaign_key'],
                'group': 'account_key', 'day': 'date_day',
            },
        ],
        'touches': [
            {
                'grain': 'ad_day',
                'keys': [['account_key', 'date_day']],
                'compare': ['account_key', 'date_day', 'ad_spend_key', 'spend_amount', 'reporting_spend_amount'],
            },
            {
                'grain': 'store_day',
                'keys': [['scope_key', 'date_day']],
                'compare': [
                    'scope_key', 'store_key', 'date_day', 'channel_group', 'impressions', 'clicks', 'spend_amount',
                    'currency_code', 'reporting_spend_amount', 'is_provisional', 'final_on',
                ],
            },
        ],
    },
    indexes=[
        {'columns': ['account_key', 'date_day']},
        {'columns': ['scope_key', 'date_day']},
        {'columns': ['currency_code', 'date_day']},
        {'columns': ['campaign_key']},
    ],
) }}

with reported as (
    {{ touched_days(ref('int_ad_spend_unioned'), 'account_key', 'date_day') }}
),

-- a vendor's list may name an ad twice; a day has it once
ads as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        campaign_key,
        campaign_id,
        ad_group_id,
        ad_id,
        max(currency_code) as currency_code,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks,
        case when count(*) = count(spend_amount) then sum(spend_amount) end as spend_amount,
        max(observed_at) as observed_at
    from reported
    group by platform, account_key, account_id, date_day, campaign_key, campaign_id, ad_group_id, ad_id
),

placed as (
    select
        ads.*,
        {{ store_of_account('ads.platform', 'ads.account_id', 'names') }} as store_key,
        -- an account is run in one currency; 'XXX' is that of nobody
        coalesce(ads.currency_code, accounts.currency_code, 'XXX') as known_currency_code,
        accounts.time_zone_name,
        {{ ad_channel_group('ads.platform', 'campaigns.campaign_kind') }} as channel_group,
        {{ final_on_of('ads.platform', 'ads.date_day') }} as final_on
    from ads
    left join {{ ref('int_ad_accounts_unioned') }} as accounts on ads.account_key = accounts.account_key
    left join {{ ref('int_store_names') }} as names on ads.account_id = names.account_id
    left join {{ ref('int_ad_campaigns_unioned') }} as campaigns on ads.campaign_key = campaigns.campaign_key
),

priced as (
    select
        placed.*,
        {{ reporting_rate_of('placed.known_currency_code', 'rates') }} as reporting_rate,
        {{ reporting_rate_date_of('placed.known_currency_code', 'placed.date_day', 'rates') }}
            as exchange_rate_date
    from placed
    left join {{ ref('dim_exchange_rate') }} as rates
        on placed.known_currency_code = rates.currency_code and placed.date_day = rates.date_day
)

select
    {{ day_row_key('platform', 'account_id', 'date_day', ['campaign_id', 'ad_group_id', 'ad_id']) }}
        as ad_spend_key,
    platform,
    account_key,
    account_id,
    store_key,
    coalesce(store_key, account_key) as scope_key,
    date_day,
    campaign_key,
    campaign_id,
    ad_group_id,
    ad_id,
    channel_group,
    impressions,
    clicks,
    spend_amount,
    known_currency_code as currency_code,
    {{ in_reporting_money('spend_amount', 'reporting_rate') }} as reporting_spend_amount,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    exchange_rate_date,
    {{ is_provisional('observed_at', 'time_zone_name', 'final_on') }} as is_provisional,
    final_on,
    observed_at
from priced
