{{ config(
    meta={
        'grain': 'discount',
        'group_by': ['discount_key'],
        'consumes': {'stg_shopify__discounts': []},
    },
    indexes=[{'columns': ['discount_code_key'], 'unique': true}, {'columns': ['discount_key']}],
) }}

with discounts as (
    select * from {{ ref('stg_shopify__discounts') }}
    {{ only_touched('discount_key') }}
)

select
    {{ surrogate_key("'shopify'", 'discounts.account_id', 'code.id') }} as discount_code_key,
    discounts.discount_key,
    discounts.account_id,
    code.id as discount_code_id,
    code.code as discount_code,
    {{ to_integer('code."asyncUsageCount"') }} as usage_count,
    discounts.observed_at,
    discounts._dlt_load_id
from discounts
{{ unnest_json('discounts.codes', 'code', {
    'id': 'text',
    'code': 'text',
    'asyncUsageCount': 'text',
}) }}
