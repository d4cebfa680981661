{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'web_report_day',
        'group_by': ['property_key', 'date_day'],
        'consumes': batches_of({
            'web_report_days': var('web_platforms'),
            'web_properties': var('web_platforms'),
            'stores': var('platforms'),
        }),
        'finds': found_by_account('fct_web_report_days', 'property_key'),
        'touches': [
            {'grain': 'store_day', 'keys': [['scope_key', 'date_day']]},
            {'grain': 'web_scope_day', 'keys': [['scope_key', 'date_day']]},
        ],
    },
    indexes=[{'columns': ['property_key', 'date_day']}, {'columns': ['scope_key', 'date_day']}],
) }}

with reported as (
    {{ touched_days(ref('int_web_report_days_unioned'), 'account_key', 'date_day') }}
),

days as (
    select
        platform,
        account_key,
        account_id,
        date_day,
        report_type,
        {{ any_true('is_sampled') }} as is_sampled,
        {{ any_true('is_thresholded') }} as is_thresholded,
        {{ any_true('has_other_row') }} as has_other_row,
        {{ final_on_of('platform', 'date_day') }} as final_on,
        max(observed_at) as observed_at
    from reported
    group by platform, account_key, account_id, date_day, report_type
)

select
    {{ day_row_key('days.platform', 'days.account_id', 'days.date_day', ['days.report_type']) }}
        as web_report_key,
    days.platform,
    days.account_key as property_key,
    days.account_id,
    {{ store_of_account('days.platform', 'days.account_id', 'names') }} as store_key,
    coalesce(
        {{ store_of_account('days.platform', 'days.account_id', 'names') }}, days.account_key
    ) as scope_key,
    days.date_day,
    days.report_type,
    {{ is_provisional('days.observed_at', 'properties.time_zone_name', 'days.final_on') }} as is_provisional,
    days.final_on,
    days.is_sampled,
    days.is_thresholded,
    days.has_other_row,
    days.observed_at
from days
left join {{ ref('int_web_properties_unioned') }} as properties on days.account_key = properties.account_key
left join {{ ref('int_store_names') }} as names on days.account_id = names.account_id
