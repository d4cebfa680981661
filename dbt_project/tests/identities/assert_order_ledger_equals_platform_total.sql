-- Σ of an order's rows is the platform's own current total, of orders that do not count as a sale as well.
{{ config(meta=shown_at('fct_orders')) }}
{{ after_publication() }}

select order_key, order_name, ledger_total_amount, platform_total_amount
from {{ rows_in_scope('fct_orders') }} as orders
where not is_deleted and ledger_total_amount is distinct from platform_total_amount
