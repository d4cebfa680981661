{# The channel group of advertising: by what a Google campaign is; Meta and TikTok are social networks. A kind that is
   not known, or not known yet, is paid all the same. #}
{% macro ad_channel_group(platform, campaign_kind) -%}
    case
        when {{ platform }} in ('meta_ads', 'tiktok_ads') then 'Paid Social'
        when {{ campaign_kind }} = 'SEARCH' then 'Paid Search'
        when {{ campaign_kind }} = 'SHOPPING' then 'Paid Shopping'
        when {{ campaign_kind }} in ('PERFORMANCE_MAX', 'DEMAND_GEN', 'SMART') then 'Cross-network'
        when {{ campaign_kind }} = 'VIDEO' then 'Paid Video'
        when {{ campaign_kind }} = 'DISPLAY' then 'Display'
        else 'Paid Other'
    end
{%- endmacro %}

{# What an account-day depends on besides its documents: the account's settings, and the stores, of which one may be
   called as the account is. Both are looked for in a relation of account-days. #}
{% macro found_by_account(days) -%}
    {{ return([
        {'grain': 'ad_account', 'in': days, 'by': ['account_key'], 'group': 'account_key', 'day': 'date_day'},
        {'grain': 'account', 'in': days, 'by': ['account_id'], 'group': 'account_key', 'day': 'date_day'},
    ]) }}
{%- endmacro %}
