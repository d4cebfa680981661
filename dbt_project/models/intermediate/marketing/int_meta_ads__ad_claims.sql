-- What Meta credits to each ad, by type of action and by attribution window: `default` is Meta's own figure,
-- the other windows contain one another. No import CTE: looked up by day.
select
    stats.account_key,
    stats.account_id,
    stats.date_day,
    {{ entity_key('meta_ads', 'campaign', 'stats.campaign_id', 'stats.account_id') }} as campaign_key,
    stats.campaign_id,
    stats.ad_group_id,
    stats.ad_id,
    stats.action_type,
    cast(null as text) as action_name,
    {{ action_group_of('types.action_group', 'stats.action_type') }} as action_group,
    types.priority,
    windows.attribution_window,
    windows.booked_by,
    windows.is_default,
    windows.claimed_count,
    windows.claimed_value,
    stats.currency_code,
    stats.observed_at
from (
    {% for column, name in [('actions', 'count'), ('action_values', 'value')] %}
        select
            insights.account_key,
            insights.account_id,
            insights.date_day,
            insights.campaign_id,
            insights.ad_set_id as ad_group_id,
            insights.ad_id,
            insights.currency_code,
            insights.observed_at,
            stat.action_type,
            {{ meta_stat_figures('stat', name) }}
        from {{ ref('stg_meta_ads__insight_rows') }} as insights
        {{ unnest_json('insights.' ~ column, 'stat', meta_stat_fields()) }}
        where stat.action_type not in ('{{ meta_engagement() | join("', '") }}')
        {{ 'union all' if not loop.last }}
    {% endfor %}
) as stats
{{ meta_claim_rows('windows', 'stats') }}
left join ({{ action_types(meta_action_groups()) }}) as types on stats.action_type = types.action_type
where windows.claimed_count is not null or windows.claimed_value is not null
