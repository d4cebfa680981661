-- What orders are matched with is what GA4 counts: every report of a purchase is in one row, none in two.
{{ config(meta=shown_at('fct_order_match')) }}
{{ after_publication() }}

select purchases.web_purchase_key, purchases.times_reported, matches.reported_count
from {{ rows_in_scope('fct_web_purchases') }} as purchases
left join lateral (
    select sum(matched.reported_count) as reported_count
    from {{ ref('fct_order_match') }} as matched
    where
        matched.transaction_key = purchases.transaction_key
        and matched.web_purchase_key = purchases.web_purchase_key
) as matches on true
where matches.reported_count is distinct from purchases.times_reported
