{# What the address that a visit began at, and the page it came from, say of its source. #}

{# The host of an address, in lower case and without `www.`; that of an app where the address is an app's. #}
{% macro url_host(url) -%}
    {{ return(adapter.dispatch('url_host', 'countinghouse')(url)) }}
{%- endmacro %}

{% macro postgres__url_host(url) -%}
    nullif(substring(lower(trim({{ url }})) from '^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)'), '')
{%- endmacro %}

{# Whether the address carries one of the parameters with a value. #}
{% macro url_has_parameter(url, names) -%}
    {{ matches_pattern(url, '[?&](' ~ names | join('|') ~ ')=[^&#]') }}
{%- endmacro %}

{# The source whose paid clicks add such a parameter to the address behind an ad; NULL without one. A link of Facebook
   carries one (fbclid) whether it was paid for or not: it says nothing. #}
{% macro click_origin(url) -%}
    case
        when {{ url_has_parameter(url, ['gclid', 'gbraid', 'wbraid']) }} then 'google'
        when {{ url_has_parameter(url, ['msclkid']) }} then 'bing'
        when {{ url_has_parameter(url, ['ttclid']) }} then 'tiktok'
    end
{%- endmacro %}

{# The source that a referring host is: search engines go by one name in all countries, as in Google Analytics. #}
{% macro referrer_origin(host) -%}
    case
        {%- for engine in ['google', 'bing', 'duckduckgo', 'baidu', 'yandex', 'ecosia', 'qwant', 'naver', 'seznam'] %}
            when
                {{ matches_pattern(host, '^(search\\.|m\\.|cn\\.|html\\.)?' ~ engine ~ '(\\.[a-z]{2,3}){1,2}$') }}
                then '{{ engine ~ '.org' if engine == 'ecosia' else engine }}'
        {%- endfor %}
        when {{ matches_pattern(host, '(^|\\.)search\\.yahoo\\.') }} then 'yahoo'
        else {{ host }}
    end
{%- endmacro %}

{% macro referring_medium(source) -%}
    case
        when {{ is_one_of(source, search_sources()) }} then 'organic'
        when {{ is_one_of(source, ai_assistants()) }} then 'ai-assistant'
        else 'referral'
    end
{%- endmacro %}

{# Hosts of assistants; Google names the assistants and not their hosts. #}
{% macro ai_assistants() -%}
    {{ return([
        'chatgpt.com', 'chat.openai.com', 'gemini.google.com', 'claude.ai', 'copilot.microsoft.com', 'grok.com',
        'chat.deepseek.com',
    ]) }}
{%- endmacro %}

{# What the source of a visit is known by; `came` has what was found in its addresses. #}
{% macro visit_evidence(utm_source, came) -%}
    case
        when trim({{ utm_source }}) <> '' then 'utm'
        when {{ came }}.clicked_source is not null then 'click_id'
        when {{ came }}.referring_source is not null then 'referrer'
        else 'none'
    end
{%- endmacro %}

{# Expressions over a row as columns of `alias`, worked out once however often they are used: a planner would write them
   out in each place. #}
{% macro computed_once(alias, expressions) -%}
    {{ return(adapter.dispatch('computed_once', 'countinghouse')(alias, expressions)) }}
{%- endmacro %}

{% macro postgres__computed_once(alias, expressions) -%}
    cross join lateral (
        select
        {%- for name, expression in expressions.items() %}
            {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
        offset 0
    ) as {{ alias }}
{%- endmacro %}
