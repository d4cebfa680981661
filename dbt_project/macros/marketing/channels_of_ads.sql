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

{# What rows of account-days depend on besides their documents: the account's settings, and the stores, of which one
   may be called as the account is. Looked for in the model itself: what is not there yet is computed when it comes. #}
{% macro found_by_account(model_name, account_key='account_key') -%}
    {{ return([
        {'grain': 'ad_account', 'in': model_name, 'by': [account_key], 'group': account_key, 'day': 'date_day'},
        {'grain': 'account', 'in': model_name, 'by': ['account_id'], 'group': account_key, 'day': 'date_day'},
    ]) }}
{%- endmacro %}
