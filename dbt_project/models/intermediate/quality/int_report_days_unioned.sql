select
    'shopify' as platform,
    entity.*
from {{ ref('int_shopify__report_days') }} as entity
