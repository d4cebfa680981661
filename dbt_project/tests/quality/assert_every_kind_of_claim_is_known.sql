-- A type of action never seen before is kept and counts for nothing until somebody says what it reports.
{{ config(severity='warn') }}

select
    platform,
    account_id,
    action_type,
    min(date_day) as first_day,
    max(date_day) as last_day,
    sum(claimed_count) as claimed_count
from {{ rows_in_scope('fct_ad_claims') }} as claims
where action_group = 'unknown' and attribution_window = 'default'
group by platform, account_id, action_type
