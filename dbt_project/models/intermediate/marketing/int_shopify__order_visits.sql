-- The visits that Shopify knows of an order: the last one before it, and the first of the thirty days before.
-- No import CTE: PostgreSQL cannot look up single rows through a view that begins with one.
{% for visit in ['last', 'first'] %}
    select
        orders.order_key,
        '{{ visit }}' as position,
        orders.{{ visit }}_visit_at as visited_at,
        told.evidence,
        case told.evidence
            when 'utm' then told.utm_source
            when 'click_id' then came.clicked_source
            when 'referrer' then came.referring_source
            else '(direct)'
        end as source,
        case told.evidence
            when 'utm' then nullif(trim(orders.{{ visit }}_visit_utm_medium), '')
            when 'click_id' then 'cpc'
            when 'referrer' then {{ referring_medium('came.referring_source') }}
            else '(none)'
        end as medium,
        case when told.evidence = 'utm' then nullif(trim(orders.{{ visit }}_visit_utm_campaign), '') end
            as campaign,
        orders.{{ visit }}_visit_referrer_url as referrer_url,
        orders.{{ visit }}_visit_landing_page_url as landing_page_url
    from {{ ref('stg_shopify__orders') }} as orders
    {{ computed_once('hosts', {
        'referrer': url_host('orders.' ~ visit ~ '_visit_referrer_url'),
        'landing': url_host('orders.' ~ visit ~ '_visit_landing_page_url'),
    }) }}
    -- a page of the shop itself refers nobody
    {{ computed_once('came', {
        'clicked_source': click_origin('orders.' ~ visit ~ '_visit_landing_page_url'),
        'referring_source': "case when hosts.referrer <> coalesce(hosts.landing, '') then "
            ~ referrer_origin('hosts.referrer') ~ ' end',
    }) }}
    {{ computed_once('told', {
        'utm_source': "nullif(trim(orders." ~ visit ~ "_visit_utm_source), '')",
        'evidence': visit_evidence('orders.' ~ visit ~ '_visit_utm_source', 'came'),
    }) }}
    where orders.{{ visit }}_visit_at is not null
    {{ 'union all' if not loop.last }}
{% endfor %}
