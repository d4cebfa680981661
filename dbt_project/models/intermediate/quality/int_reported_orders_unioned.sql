select
    'shopify' as platform,
    entity.*
from {{ ref('int_shopify__reported_orders') }} as entity
