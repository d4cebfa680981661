-- Σ of an order's rows other than adjustments is the platform's own current total.
select order_key, order_name, ledger_total_amount, platform_total_amount
from {{ rows_in_scope('fct_orders') }} as orders
where not is_deleted and ledger_total_amount <> platform_total_amount
