{#- What it writes where an address has Google's click id and no tags: no campaign is called that. -#}
{%- set is_bare_click -%}
    (
        attribution_source_type = 'utm'
        and lower(coalesce(attribution_utm_source, '')) = 'google'
        and lower(coalesce(attribution_utm_medium, '')) = 'cpc'
        and lower(coalesce(attribution_utm_campaign, '')) = 'google_cpc'
    )
{%- endset -%}
-- The visit in which an order was placed, as WooCommerce noted it; it keeps no earlier one. Orders that staff
-- entered, or an app of the shop's own sent, had none.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    order_key,
    'last' as position,
    coalesce(created_at, paid_at, updated_at) as visited_at,
    case
        when {{ is_bare_click }} then 'click_id'
        when attribution_source_type = 'utm' then 'utm'
        when attribution_source_type = 'typein' then 'none'
        else 'referrer'
    end as evidence,
    case
        when attribution_source_type = 'typein' then '(direct)'
        else nullif(trim(attribution_utm_source), '')
    end as source,
    case attribution_source_type
        when 'typein' then '(none)'
        when 'utm' then nullif(nullif(trim(attribution_utm_medium), ''), '(none)')
        when 'organic' then 'organic'
        else {{ referring_medium("lower(trim(attribution_utm_source))") }}
    end as medium,
    case
        when attribution_source_type = 'utm' and not {{ is_bare_click }}
            then nullif(nullif(trim(attribution_utm_campaign), ''), '(none)')
    end as campaign,
    attribution_referrer as referrer_url,
    attribution_session_entry as landing_page_url
from {{ ref('stg_woocommerce__orders') }}
where attribution_source_type in ('utm', 'organic', 'referral', 'typein')
