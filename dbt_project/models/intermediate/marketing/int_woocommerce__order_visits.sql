-- The visit in which an order was placed, as WooCommerce noted it; it keeps no earlier one. Orders that staff
-- entered, or an app of the shop's own sent, had none.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
select
    order_key,
    'last' as position,
    coalesce(created_at, paid_at, updated_at) as visited_at,
    case attribution_source_type
        when 'utm' then 'utm'
        when 'typein' then 'none'
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
        when attribution_source_type = 'utm' then nullif(nullif(trim(attribution_utm_campaign), ''), '(none)')
    end as campaign,
    attribution_referrer as referrer_url,
    attribution_session_entry as landing_page_url
from {{ ref('stg_woocommerce__orders') }}
where attribution_source_type in ('utm', 'organic', 'referral', 'typein')
