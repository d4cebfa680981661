{# Who told of a scope's day, and how final it is: of all channels alike, for what is late may belong to any of them. What
   nobody told of is not nought, and what was told may be that there was nothing. #}

{# By GA4's reports. #}
{% macro days_of_web_reports() -%}
    select
        scope_key,
        date_day,
        {{ any_true("report_type = 'sessions'") }} as counts_sessions,
        count(distinct case when report_type = 'purchases' then property_key end) as web_properties,
        {{ any_true('is_provisional') }} as is_provisional,
        {{ any_true('is_sampled') }} as is_sampled,
        {{ any_true('is_thresholded') }} as is_thresholded,
        max(final_on) as final_on
    from {{ ref('fct_web_report_days') }}
    {{ only_touched('scope_key', 'date_day') }}
    group by scope_key, date_day
{%- endmacro %}

{# By the newest readings of ad accounts. #}
{% macro days_of_ad_accounts() -%}
    select
        scope_key,
        date_day,
        count(distinct account_key) as ad_accounts,
        {{ any_true('is_provisional') }} as is_provisional,
        max(final_on) as final_on
    from {{ ref('fct_ad_restatements') }}
    {{ only_touched('scope_key', 'date_day', condition='is_latest and spend_amount is not null') }}
    group by scope_key, date_day
{%- endmacro %}

{# Of the days in `days`: how many accounts should have told. They were read for the day or an earlier one, and nobody
   said that they ended. #}
{% macro expected_ad_accounts(days) -%}
    select
        wanted.scope_key,
        wanted.date_day,
        count(*) as ad_accounts
    from (select distinct scope_key, date_day from {{ days }}) as wanted
    inner join {{ ref('dim_ad_account') }} as accounts
        on
            wanted.scope_key = accounts.scope_key
            and wanted.date_day >= accounts.first_day
            and wanted.date_day <= coalesce(accounts.ended_on, wanted.date_day)
    group by wanted.scope_key, wanted.date_day
{%- endmacro %}
