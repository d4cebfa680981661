{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'ad_day',
        'group_by': ['account_key', 'date_day'],
        'consumes': batches_of({
            'ad_claims': var('ad_platforms'),
            'ad_accounts': var('ad_platforms'),
            'stores': var('platforms'),
        }),
        'finds': found_by_account('fct_ad_claims'),
    },
    indexes=[{'columns': ['account_key', 'date_day']}],
) }}

with reported as (
    {{ touched_days(ref('int_ad_claims_unioned'), 'account_key', 'date_day') }}
),

claims as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        campaign_key,
        campaign_id,
        ad_group_id,
        ad_id,
        action_type,
        action_name,
        attribution_window,
        booked_by,
        max(action_group) as action_group,
        min(priority) as priority,
        bool_or(is_default) as is_default,
        max(currency_code) as currency_code,
        coalesce(sum(claimed_count), 0) as claimed_count,
        -- nobody said nought where nothing was said
        sum(claimed_value) as claimed_value,
        max(observed_at) as observed_at
    from reported
    group by
        platform, account_key, account_id, date_day, campaign_key, campaign_id, ad_group_id, ad_id,
        action_type, action_name, attribution_window, booked_by
    having coalesce(sum(claimed_count), 0) <> 0 or coalesce(sum(claimed_value), 0) <> 0
),

-- of the types that report the same, the first that the account has on that day
ranked as (
    select
        *,
        min(case when is_default then priority end) over (
            partition by account_key, date_day, action_group
        ) as first_priority
    from claims
)

select
    {{ day_row_key('ranked.platform', 'ranked.account_id', 'ranked.date_day', [
        'ranked.campaign_id', 'ranked.ad_group_id', 'ranked.ad_id', 'ranked.action_type', 'ranked.action_name',
        'ranked.attribution_window', 'ranked.booked_by',
    ]) }} as ad_claim_key,
    ranked.platform,
    ranked.account_key,
    ranked.account_id,
    {{ store_of_account('ranked.platform', 'ranked.account_id', 'names') }} as store_key,
    ranked.date_day,
    ranked.campaign_key,
    ranked.campaign_id,
    ranked.ad_group_id,
    ranked.ad_id,
    coalesce(ranked.action_type, '') as action_type,
    ranked.action_name,
    ranked.action_group,
    ranked.attribution_window,
    ranked.booked_by,
    coalesce(
        ranked.is_default
        and ranked.action_group not in ('other', 'custom', 'unknown')
        and ranked.priority = ranked.first_priority,
        false
    ) as is_primary,
    ranked.claimed_count,
    ranked.claimed_value,
    coalesce(ranked.currency_code, accounts.currency_code, 'XXX') as currency_code,
    {{ is_provisional(
        'ranked.observed_at', 'accounts.time_zone_name', final_on_of('ranked.platform', 'ranked.date_day')
    ) }} as is_provisional,
    {{ final_on_of('ranked.platform', 'ranked.date_day') }} as final_on,
    ranked.observed_at
from ranked
left join {{ ref('int_ad_accounts_unioned') }} as accounts on ranked.account_key = accounts.account_key
left join {{ ref('int_store_names') }} as names on ranked.account_id = names.account_id
