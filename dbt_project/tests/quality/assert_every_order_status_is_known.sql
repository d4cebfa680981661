-- A status that no release of WooCommerce knows counts as a sale until the shop's own setting says otherwise.
{{ config(severity='warn') }}

select order_key, account_id, order_name, status
from {{ rows_in_scope('stg_woocommerce__orders') }} as orders
where
    not is_deleted
    and coalesce(status, '') not in (
        'pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed', 'trash',
        'checkout-draft', 'auto-draft'
    )
