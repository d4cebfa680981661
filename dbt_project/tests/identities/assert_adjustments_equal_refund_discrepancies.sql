-- What was given or kept beside the goods is what the platform calls the discrepancy of its refunds.
{{ config(meta=shown_at('fct_orders')) }}
{{ after_publication() }}

select order_key, order_name, adjustments, platform_discrepancy_amount
from {{ rows_in_scope('fct_orders') }} as orders
where not is_deleted and adjustments is distinct from platform_discrepancy_amount
