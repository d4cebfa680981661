-- The ads of an account's day cost together what the newest reading of that day came to, and claim as much.
{{ config(meta=shown_at('fct_ad_restatements')) }}
{{ after_publication() }}

with newest as (
    select * from {{ rows_in_scope('fct_ad_restatements') }} as restatements
    where is_latest
)

select
    newest.account_key,
    newest.date_day,
    newest.spend_amount,
    spent.spend_amount as spend_of_ads,
    newest.claimed_count,
    claimed.claimed_count as claims_of_ads
from newest
left join lateral (
    select
        coalesce(sum(spend.spend_amount), 0) as spend_amount,
        coalesce(sum(spend.impressions), 0) as impressions,
        coalesce(sum(spend.clicks), 0) as clicks
    from {{ ref('fct_ad_spend') }} as spend
    where spend.account_key = newest.account_key and spend.date_day = newest.date_day
) as spent on true
left join lateral (
    select
        coalesce(sum(claims.claimed_count), 0) as claimed_count,
        coalesce(sum(claims.claimed_value), 0) as claimed_value
    from {{ ref('fct_ad_claims') }} as claims
    where
        claims.account_key = newest.account_key
        and claims.date_day = newest.date_day
        and claims.is_primary
        and claims.action_group = 'purchase'
) as claimed on true
where
    coalesce(newest.spend_amount, 0) <> spent.spend_amount
    or coalesce(newest.impressions, 0) <> spent.impressions
    or coalesce(newest.clicks, 0) <> spent.clicks
    or coalesce(newest.claimed_count, 0) <> claimed.claimed_count
    or coalesce(newest.claimed_value, 0) <> claimed.claimed_value
