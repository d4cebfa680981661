{# What platforms claim: which of their words mean the same, and which of those comes first. #}

{# {group: [types]} of Meta: every type of a group reports the same people doing the same thing, seen from another side, the
   widest first. One of them counts, never their sum. #}
{% macro meta_action_groups() -%}
    {%- set sides = ['omni_{0}', '{0}', 'offsite_conversion.fb_pixel_{0}', 'web_in_store_{0}', 'onsite_web_{0}',
        'onsite_web_app_{0}', 'web_app_in_store_{0}', 'onsite_conversion.{0}', 'app_custom_event.fb_mobile_{0}',
        'offline_conversion.{0}'] -%}
    {%- set groups = {} -%}
    {%- for group in ['purchase', 'add_to_cart', 'initiate_checkout', 'view_content', 'complete_registration',
        'add_payment_info', 'add_to_wishlist', 'search', 'lead'] -%}
        {%- set types = [] -%}
        {%- for side in sides -%}{%- do types.append(side | replace('{0}', group)) -%}{%- endfor -%}
        {%- do groups.update({group: types}) -%}
    {%- endfor -%}
    {%- do groups.initiate_checkout.insert(0, 'omni_initiated_checkout') -%}
    {%- do groups.initiate_checkout.append('app_custom_event.fb_mobile_initiated_checkout') -%}
    {%- do groups.view_content.append('app_custom_event.fb_mobile_content_view') -%}
    {%- do groups.lead.append('onsite_conversion.lead_grouped') -%}
    {{ return(groups) }}
{%- endmacro %}

{# What people did at Meta itself, and arrived pages: it comes with every ad, and nobody calls it a conversion. #}
{% macro meta_engagement() -%}
    {{ return([
        'link_click', 'landing_page_view', 'omni_landing_page_view', 'post_engagement', 'page_engagement',
        'post_interaction_gross', 'post_interaction_net', 'post_reaction', 'post_net_like', 'post_net_comment',
        'post_net_save', 'post', 'comment', 'like', 'photo_view', 'video_view', 'post_save', 'outbound_click',
        'onsite_conversion.post_save', 'onsite_conversion.post_net_like', 'onsite_conversion.post_net_comment',
        'onsite_conversion.post_net_save', 'onsite_conversion.post_unlike',
    ]) }}
{%- endmacro %}

{# {group: [categories]} of Google Ads: the categories that its API has. #}
{% macro google_ads_action_groups() -%}
    {{ return({
        'purchase': ['PURCHASE', 'STORE_SALE'],
        'add_to_cart': ['ADD_TO_CART'],
        'initiate_checkout': ['BEGIN_CHECKOUT'],
        'view_content': ['PAGE_VIEW'],
        'complete_registration': ['SIGNUP', 'SUBSCRIBE_PAID'],
        'lead': [
            'LEAD', 'SUBMIT_LEAD_FORM', 'QUALIFIED_LEAD', 'CONVERTED_LEAD', 'IMPORTED_LEAD', 'REQUEST_QUOTE',
            'BOOK_APPOINTMENT', 'CONTACT', 'PHONE_CALL_LEAD',
        ],
        'other': ['DEFAULT', 'DOWNLOAD', 'ENGAGEMENT', 'GET_DIRECTIONS', 'OUTBOUND_CLICK', 'STORE_VISIT'],
    }) }}
{%- endmacro %}

{# {group: [metrics]} of TikTok. What a campaign is optimised for is whatever the campaign was told. #}
{% macro tiktok_ads_action_groups() -%}
    {{ return({'purchase': ['complete_payment'], 'other': ['conversion']}) }}
{%- endmacro %}

{# Groups as rows: action_type, action_group, priority (1 comes first). #}
{% macro action_types(groups) -%}
    {%- for group, types in groups.items() -%}
        {%- set last = loop.last -%}
        {%- for type in types %}
            select
                '{{ type }}' as action_type, '{{ group }}' as action_group, {{ loop.index }} as priority
            {{ 'union all' if not (loop.last and last) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{# The group of a type. Custom ones are the advertiser's own, each a thing by itself; `unknown` is shown by a check. #}
{% macro action_group_of(known, action_type) -%}
    case
        when {{ known }} is not null then {{ known }}
        when {{ action_type }} like 'offsite_conversion.custom%' then 'custom'
        when {{ action_type }} like 'offsite_conversion.fb_pixel_custom%' then 'custom'
        when {{ action_type }} like 'onsite_web_custom%' then 'custom'
        else 'unknown'
    end
{%- endmacro %}

{# Several claims in one row as rows of their own: `claims` is a list of
   [attribution window, booked by, is the platform's own figure, count, value], the last two expressions. #}
{% macro claim_rows(alias, claims) -%}
    {{ return(adapter.dispatch('claim_rows', 'countinghouse')(alias, claims)) }}
{%- endmacro %}

{% macro postgres__claim_rows(alias, claims) -%}
    cross join lateral (
        values
        {%- for attribution_window, booked_by, is_default, number, amount in claims %}
            (
                '{{ attribution_window }}', '{{ booked_by }}', {{ is_default }},
                cast({{ number }} as numeric), cast({{ amount }} as numeric)
            ){{ ',' if not loop.last }}
        {%- endfor %}
    ) as {{ alias }} (attribution_window, booked_by, is_default, claimed_count, claimed_value)
{%- endmacro %}

{# The figures of one of Meta's stats: its own, and those of the windows that it was asked for. #}
{% macro meta_windows() -%}
    {{ return(['value', '1d_click', '7d_click', '28d_click', '1d_view', '1d_ev']) }}
{%- endmacro %}

{% macro meta_stat_fields() -%}
    {%- set fields = {'action_type': 'text'} -%}
    {%- for window in meta_windows() -%}{%- do fields.update({window: 'text'}) -%}{%- endfor -%}
    {{ return(fields) }}
{%- endmacro %}

{# Each of them as a column of counts and one of values, the one that is not `measure` empty. #}
{% macro meta_stat_figures(stat, measure) -%}
    {%- for window in meta_windows() -%}
        {%- for column in ['count', 'value'] %}
            {{ to_numeric(stat ~ '."' ~ window ~ '"') if column == measure else 'cast(null as numeric)' }}
                as "{{ window }}_{{ column }}"{{ ',' if not loop.last }}
        {%- endfor -%}
        {{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Purchases on a website stand on the day of the purchase. #}
{% macro meta_claim_rows(alias, stats) -%}
    {%- set claims = [] -%}
    {%- for window in meta_windows() -%}
        {%- do claims.append([
            'default' if window == 'value' else window,
            'conversion',
            'true' if window == 'value' else 'false',
            stats ~ '."' ~ window ~ '_count"',
            stats ~ '."' ~ window ~ '_value"',
        ]) -%}
    {%- endfor -%}
    {{ claim_rows(alias, claims) }}
{%- endmacro %}
