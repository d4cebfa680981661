-- What was given or kept beside the goods is what the platform calls the discrepancy of its refunds.
select order_key, order_name, adjustments, platform_discrepancy_amount
from {{ rows_in_scope('fct_orders') }} as orders
where not is_deleted and adjustments <> platform_discrepancy_amount
