{#- A view: it looks at every closed day, which a daily run must not pay for. -#}
{{ config(materialized='view') }}

with versions as (
    select
        *,
        lead(days_since) over (partition by account_key, date_day order by version_number) as next_days_since,
        min(days_since) over (partition by account_key, date_day) as first_days_since
    from {{ ref('fct_ad_restatements') }}
    where claimed_count is not null
),

-- days that were read from their beginning to their end
closed as (
    select account_key, date_day, claimed_count as final_count, claimed_value as final_value
    from versions
    where is_latest and not is_provisional and first_days_since <= 1
),

days_known as (
    {{ numbers_up_to(longest_restatement() + 1) }}
),

known as (
    select
        versions.platform,
        versions.account_key,
        versions.account_id,
        days_known.number as days_since,
        versions.claimed_count,
        versions.claimed_value,
        closed.final_count,
        closed.final_value
    from closed
    inner join versions on closed.account_key = versions.account_key and closed.date_day = versions.date_day
    inner join days_known
        on
            days_known.number >= versions.days_since
            and (versions.next_days_since is null or days_known.number < versions.next_days_since)
    where days_known.number <= {{ days_between('versions.date_day', 'versions.final_on') }} + 1
)

select
    platform,
    account_key,
    account_id,
    cast(days_since as integer) as days_since,
    count(*) as closed_days,
    sum(claimed_count) as known_count,
    sum(final_count) as final_count,
    sum(claimed_value) as known_value,
    sum(final_value) as final_value,
    {{ ratio('sum(claimed_count)', 'sum(final_count)') }} as count_share,
    {{ ratio('sum(claimed_value)', 'sum(final_value)') }} as value_share
from known
group by platform, account_key, account_id, days_since
