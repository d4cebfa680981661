-- What was given or kept beside the goods is what the platform calls the discrepancy of its refunds, where it
-- tells it apart from its total.
{{ config(meta=shown_at('fct_orders')) }}
{{ after_publication() }}

select order_key, order_name, adjustments, platform_discrepancy_amount
from {{ rows_in_scope('fct_orders') }} as orders
where
    not is_deleted
    and not is_adjustment_in_total
    and adjustments is distinct from platform_discrepancy_amount
