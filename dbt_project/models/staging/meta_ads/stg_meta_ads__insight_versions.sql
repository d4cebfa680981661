{{ config(
    meta={
        'raw': {'platform': 'meta_ads', 'resource': 'insights'},
        'group_by': ['version_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'report_version', 'keys': [['version_key']]},
            {'grain': 'ad_day', 'keys': [['account_key', 'date_day']]},
        ],
    },
    indexes=[{'columns': ['version_key']}, {'columns': ['account_key', 'date_day']}],
) }}

with reports as (
    {{ report_versions('meta_ads', 'insights', {'rows': 'report_rows'}) }}
),

lines as (
    select
        reports.report_key,
        {{ figure_count('line.impressions') }} as impressions,
        {{ figure_count('line.clicks') }} as clicks,
        {{ figure('line.spend') }} as spend_amount,
        line.actions,
        line.action_values
    from reports
    {{ unnest_json('reports.report_rows', 'line', {
        'impressions': 'text', 'clicks': 'text', 'spend': 'text', 'actions': 'jsonb', 'action_values': 'jsonb',
    }) }}
),

delivered as (
    select
        report_key,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend_amount) as spend_amount
    from lines
    group by report_key
),

stats as (
    {% for column in ['actions', 'action_values'] %}
        select
            lines.report_key,
            stat.action_type,
            {{ to_numeric('stat.value') if column == 'actions' else 'null' }} as claimed_count,
            {{ to_numeric('stat.value') if column == 'action_values' else 'null' }} as claimed_value
        from lines
        {{ unnest_json('lines.' ~ column, 'stat', {'action_type': 'text', 'value': 'text'}) }}
        where stat.value is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- one of the types that report the same purchases: the first that the day has
claimed as (
    select
        stats.report_key,
        sum(stats.claimed_count) as claimed_count,
        sum(stats.claimed_value) as claimed_value,
        row_number() over (partition by stats.report_key order by types.priority) as preference
    from stats
    inner join ({{ action_types({'purchase': meta_action_groups().purchase}) }}) as types
        on stats.action_type = types.action_type
    group by stats.report_key, types.priority
),

totals as (
    select
        delivered.*,
        claimed.claimed_count,
        claimed.claimed_value
    from delivered
    left join claimed on delivered.report_key = claimed.report_key and claimed.preference = 1
)

{{ version_totals({
    'impressions': 'bigint', 'clicks': 'bigint', 'spend_amount': 'numeric', 'claimed_count': 'numeric',
    'claimed_value': 'numeric',
}) }}
