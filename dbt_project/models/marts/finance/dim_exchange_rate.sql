{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'rate_day',
        'group_by': ['base_currency_code', 'date_day'],
        'consumes': {'stg_ecb__exchange_rates': []},
        'touches': [{
            'grain': 'currency_day',
            'keys': [['currency_code', 'date_day']],
            'compare': ['currency_code', 'date_day', 'reporting_rate', 'reporting_fixing_date'],
        }],
    },
    indexes=[{'columns': ['base_currency_code', 'date_day']}],
) }}

with days as (
    select cast(calendar.date_day as date) as date_day
    from ({{ calendar_days() }}) as calendar
    {% if is_incremental() %}
        where
            cast(calendar.date_day as date) in (select touched_groups.day from touched_groups)
            -- the calendar grows with the years
            or not exists (
                select 1
                from {{ this }} as held
                where held.currency_code = 'EUR' and held.date_day = cast(calendar.date_day as date)
            )
    {% endif %}
),

fixed as (
    select
        rates.base_currency_code,
        rates.currency_code,
        rates.fixing_date,
        rates.rate,
        rates.observed_at,
        row_number() over (
            partition by rates.currency_code, rates.fixing_date
            order by rates.account_id, rates.fixing_key
        ) as preference
    from {{ ref('stg_ecb__exchange_rates') }} as rates
    where
        rates.rate is not null
        and rates.fixing_date is not null
        and rates.currency_code <> rates.base_currency_code
        and not rates.is_deleted
        {% if is_incremental() %}
            and rates.fixing_date in (
                select {{ days_after('days.date_day', '-carried.days') }}
                from days
                cross join ({{ carried_days() }}) as carried
            )
        {% endif %}
),

-- until the next fixing of the same currency
spans as (
    select
        *,
        lead(fixing_date) over (partition by currency_code order by fixing_date) as next_fixing_date
    from fixed
    where preference = 1
),

carried as (
    select
        spans.*,
        carried.days as days_carried,
        {{ days_after('spans.fixing_date', 'carried.days') }} as date_day
    from spans
    inner join ({{ carried_days() }}) as carried
        on
            spans.next_fixing_date is null
            or carried.days < {{ days_between('spans.fixing_date', 'spans.next_fixing_date') }}
),

rates as (
    select
        carried.currency_code,
        carried.date_day,
        carried.base_currency_code,
        carried.rate,
        carried.fixing_date,
        carried.days_carried,
        carried.observed_at
    from carried
    inner join days on carried.date_day = days.date_day
    union all
    select
        'EUR' as currency_code,
        days.date_day,
        'EUR' as base_currency_code,
        1 as rate,
        days.date_day as fixing_date,
        0 as days_carried,
        cast(null as timestamptz) as observed_at
    from days
)

select
    rates.currency_code,
    rates.date_day,
    rates.base_currency_code,
    rates.rate,
    rates.fixing_date,
    rates.days_carried,
    '{{ var("reporting_currency") }}' as reporting_currency_code,
    -- both by way of the euro; twelve decimals on every engine
    round(reporting.rate / rates.rate, 12) as reporting_rate,
    case when reporting.rate is not null then least(rates.fixing_date, reporting.fixing_date) end
        as reporting_fixing_date,
    rates.observed_at
from rates
left join rates as reporting
    on rates.date_day = reporting.date_day and reporting.currency_code = '{{ var("reporting_currency") }}'
