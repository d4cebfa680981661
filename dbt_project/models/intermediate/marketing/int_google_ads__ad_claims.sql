-- Conversions by ad and conversion action, on both of Google's clocks; those of campaigns without ads are
-- what the ads leave of the campaign's. Those after a mere view stand beside the others, without a value.
-- No import CTE: looked up by day.
{%- set measures = [
    'conversions', 'conversions_value', 'all_conversions', 'all_conversions_value', 'conversions_by_date',
    'conversions_value_by_date', 'view_through_conversions',
] %}
{%- set by = [
    'account_key', 'account_id', 'date_day', 'campaign_id', 'conversion_action_name', 'conversion_action_category',
] %}
select
    claimed.account_key,
    claimed.account_id,
    claimed.date_day,
    {{ entity_key('google_ads', 'campaign', 'claimed.campaign_id', 'claimed.account_id') }} as campaign_key,
    claimed.campaign_id,
    claimed.ad_group_id,
    claimed.ad_id,
    claimed.conversion_action_category as action_type,
    claimed.conversion_action_name as action_name,
    {{ action_group_of('types.action_group', 'claimed.conversion_action_category') }} as action_group,
    -- the category is the type; `conversions` has those alone that the account counts
    1 as priority,
    clocks.attribution_window,
    clocks.booked_by,
    clocks.is_default,
    clocks.claimed_count,
    clocks.claimed_value,
    cast(null as text) as currency_code,
    claimed.observed_at
from (
    select
        {{ by | join(', ') }},
        ad_group_id,
        ad_id,
        {{ measures | join(', ') }},
        observed_at
    from {{ ref('stg_google_ads__conversion_report_rows') }}
    where not is_campaign_total
    union all
    select
        {{ by | join(', ') }},
        cast(null as text) as ad_group_id,
        cast(null as text) as ad_id,
        {{ measures | join(', ') }},
        observed_at
    from (
        {{ google_ads_remainders(ref('stg_google_ads__conversion_report_rows'), by, measures) }}
    ) as remainders
) as claimed
{{ claim_rows('clocks', [
    ['default', 'touch', 'true', 'claimed.conversions', 'claimed.conversions_value'],
    ['default', 'conversion', 'false', 'claimed.conversions_by_date', 'claimed.conversions_value_by_date'],
    ['all', 'touch', 'false', 'claimed.all_conversions', 'claimed.all_conversions_value'],
    ['view_through', 'touch', 'false', 'claimed.view_through_conversions', 'null'],
]) }}
left join ({{ action_types(google_ads_action_groups()) }}) as types
    on claimed.conversion_action_category = types.action_type
