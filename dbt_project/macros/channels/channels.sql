{# The channels that sessions, spend and orders are grouped by, in the order they are shown in: Google's default
   channel groups and one of the house for orders that nobody knows the way of. {name: is it paid for}. #}
{% macro channel_groups() -%}
    {{ return({
        'Paid Search': true,
        'Paid Shopping': true,
        'Paid Social': true,
        'Paid Video': true,
        'Paid Other': true,
        'Display': true,
        'Cross-network': true,
        'Affiliates': true,
        'Audio': true,
        'Direct': false,
        'Organic Search': false,
        'Organic Shopping': false,
        'Organic Social': false,
        'Organic Video': false,
        'AI Assistant': false,
        'Referral': false,
        'Email': false,
        'SMS': false,
        'Mobile Push Notifications': false,
        'Unassigned': false,
        unattributed_channel(): false,
    }) }}
{%- endmacro %}

{# Not Google's `Unassigned`, which is a source that no rule fits: here no source is known. #}
{% macro unattributed_channel() -%}
    {{ return('Unattributed') }}
{%- endmacro %}

{# The default channel group of manually tagged traffic, by the rules that Google publishes, the first that fits; a
   source, medium or campaign that is absent fits none. Capitals do not count. What Google knows of clicks on its
   own ads beyond these three is not in the rules: Google Ads' campaigns say it themselves. #}
{% macro default_channel_group(source, medium, campaign) -%}
    {{ return(adapter.dispatch('default_channel_group', 'countinghouse')(source, medium, campaign)) }}
{%- endmacro %}

{% macro default__default_channel_group(source, medium, campaign) -%}
    {%- set from = 'lower(trim(' ~ source ~ '))' -%}
    {%- set by = 'lower(trim(' ~ medium ~ '))' -%}
    {%- set named = 'lower(trim(' ~ campaign ~ '))' -%}
    {%- set is_paid = "(" ~ by ~ " like '%cp%' or " ~ by ~ " in ('ppc', 'retargeting') or " ~ by ~ " like 'paid%')" -%}
    {%- set is_shop = '(' ~ is_one_of(from, shopping_sources()) ~ ' or '
        ~ matches_pattern(named, '([^a-df-z]|^)shop|shopping') ~ ')' -%}
    case
        when {{ from }} = '(direct)' and {{ by }} in ('(not set)', '(none)') then 'Direct'
        when {{ named }} like '%cross-network%' then 'Cross-network'
        when {{ is_shop }} and {{ is_paid }} then 'Paid Shopping'
        when {{ is_one_of(from, search_sources()) }} and {{ is_paid }} then 'Paid Search'
        when {{ is_one_of(from, social_sources()) }} and {{ is_paid }} then 'Paid Social'
        when {{ is_one_of(from, video_sources()) }} and {{ is_paid }} then 'Paid Video'
        when {{ by }} in ('display', 'banner', 'expandable', 'interstitial', 'cpm') then 'Display'
        when {{ is_paid }} then 'Paid Other'
        when {{ is_shop }} then 'Organic Shopping'
        when
            {{ is_one_of(from, social_sources()) }}
            or {{ by }} in ('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')
            then 'Organic Social'
        when {{ is_one_of(from, video_sources()) }} or {{ by }} like '%video%' then 'Organic Video'
        when {{ is_one_of(from, search_sources()) }} or {{ by }} = 'organic' then 'Organic Search'
        when {{ by }} = 'ai-assistant' then 'AI Assistant'
        when {{ by }} in ('referral', 'app', 'link') then 'Referral'
        when
            {{ from }} in ('email', 'e-mail', 'e_mail', 'e mail') or {{ by }} in ('email', 'e-mail', 'e_mail', 'e mail')
            then 'Email'
        when {{ by }} = 'affiliate' then 'Affiliates'
        when {{ by }} = 'audio' then 'Audio'
        when {{ from }} = 'sms' or {{ by }} = 'sms' then 'SMS'
        when
            {{ by }} like '%push' or {{ by }} like '%mobile%' or {{ by }} like '%notification%' or {{ from }} = 'firebase'
            then 'Mobile Push Notifications'
        else 'Unassigned'
    end
{%- endmacro %}

{# The group that analytics sent; it leaves out the text of a value that is empty. #}
{% macro sent_channel(channel_group) -%}
    coalesce(nullif({{ channel_group }}, ''), 'Unassigned')
{%- endmacro %}

{# No quotes are in the lists. #}
{% macro is_one_of(expression, texts) -%}
    {{ expression }} in ('{{ texts | join("', '") }}')
{%- endmacro %}

{# Whether a text holds what a regular expression describes; NULL where the text is. #}
{% macro matches_pattern(expression, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern', 'countinghouse')(expression, pattern)) }}
{%- endmacro %}

{% macro postgres__matches_pattern(expression, pattern) -%}
    {{ expression }} ~ '{{ pattern }}'
{%- endmacro %}
