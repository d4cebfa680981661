{{ config(
    meta={
        'grain': 'inventory_item',
        'group_by': ['inventory_item_key'],
        'consumes': {'stg_shopify__inventory_items': []},
    },
    indexes=[{'columns': ['inventory_level_key'], 'unique': true}, {'columns': ['inventory_item_key']}],
) }}

with items as (
    select * from {{ ref('stg_shopify__inventory_items') }}
    {{ only_touched('inventory_item_key') }}
)

select
    {{ surrogate_key("'shopify'", 'items.account_id', 'level.id') }} as inventory_level_key,
    items.inventory_item_key,
    items.account_id,
    level.id as inventory_level_id,
    {{ surrogate_key("'shopify'", 'items.account_id', json_text('level.location', 'id')) }} as location_key,
    {{ quantity_named('level.quantities', 'available') }} as available,
    {{ quantity_named('level.quantities', 'on_hand') }} as on_hand,
    {{ quantity_named('level.quantities', 'committed') }} as committed,
    {{ quantity_named('level.quantities', 'incoming') }} as incoming,
    {{ quantity_named('level.quantities', 'reserved') }} as reserved,
    {{ to_boolean('level."isActive"') }} as is_active,
    {{ to_timestamp('level."updatedAt"') }} as updated_at,
    items.observed_at,
    items._dlt_load_id
from items
{{ unnest_json('items.inventory_levels', 'level', {
    'id': 'text',
    'location': 'jsonb',
    'quantities': 'jsonb',
    'isActive': 'text',
    'updatedAt': 'text',
}) }}
