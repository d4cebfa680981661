{{ config(
    materialized='incremental',
    incremental_strategy='tracked',
    meta={
        'grain': 'identity',
        'group_by': ['identity_key'],
        'consumes': dict(platform_batches(['customer_emails']), **dict(platform_batches(['orders']))),
        'expands': 'expand_to_persons',
        'touches': [
            {'grain': 'customer', 'keys': [['customer_key']]},
            {'grain': 'moved_identity', 'keys': [['identity_key']], 'compare': ['identity_key', 'customer_key']},
        ],
    },
    indexes=[{'columns': ['customer_key']}],
) }}
{%- set at_most = var('identity_links_at_most') %}

with recursive links as (
    select * from {{ ref('int_customer_emails_unioned') }}
    {% if is_incremental() %}
        where
            customer_key {{ any_of('select touched_groups.key from touched_groups') }}
            or email_key {{ any_of('select touched_groups.key from touched_groups') }}
    {% endif %}
),

-- an address of many customers is nobody's own, and neither are the addresses of a customer with many
linking as (
    select customer_key, email_key
    from (
        select
            customer_key,
            email_key,
            count(*) over (partition by email_key) as customers,
            count(*) over (partition by customer_key) as emails
        from links
        where email_key is not null
    ) as counted
    where customers <= {{ at_most }} and emails <= {{ at_most }}
),

neighbours as (
    select mine.customer_key, other.customer_key as other_key
    from linking as mine
    inner join linking as other
        on mine.email_key = other.email_key and mine.customer_key <> other.customer_key
),

walks as (
    select customer_key as start_key, customer_key
    from neighbours
    union
    select walks.start_key, neighbours.other_key
    from walks
    inner join neighbours on walks.customer_key = neighbours.customer_key
),

clusters as (
    select customer_key, min(start_key) as cluster_key
    from walks
    group by customer_key
),

linked as (
    select linking.*, coalesce(clusters.cluster_key, linking.customer_key) as component_key
    from linking
    left join clusters on linking.customer_key = clusters.customer_key
),

components as (
    select customer_key as identity_key, component_key from linked
    union
    select email_key as identity_key, component_key from linked
),

orders as (
    select
        identity_key,
        identity_type,
        {{ email_key('email') }} as email_key,
        max(platform) as platform,
        max(account_id) as account_id,
        max(customer_id) as customer_id,
        max(email) as email,
        min(first_observed_at) as first_observed_at,
        min(created_at) as created_at
    from {{ ref('int_orders_unioned') }}
    {{ only_touched('identity_key', below=true, condition='not is_test') }}
    group by identity_key, identity_type, {{ email_key('email') }}
),

seen as (
    select
        customer_key as identity_key,
        'customer' as identity_type,
        platform,
        account_id,
        customer_id,
        cast(null as text) as email,
        first_observed_at,
        created_at,
        created_at as registered_at
    from links
    where email_key is null
    union all
    select
        email_key as identity_key,
        'email' as identity_type,
        cast(null as text) as platform,
        cast(null as text) as account_id,
        cast(null as text) as customer_id,
        email,
        first_observed_at,
        created_at,
        cast(null as timestamptz) as registered_at
    from links
    where email_key is not null
    union all
    select
        identity_key,
        identity_type,
        case when identity_type <> 'email' then platform end as platform,
        case when identity_type <> 'email' then account_id end as account_id,
        customer_id,
        case when identity_type = 'email' then email end as email,
        first_observed_at,
        created_at,
        cast(null as timestamptz) as registered_at
    from orders
    union all
    -- a guest's order that the shop gave to the account opened later: the address was there first
    select
        linking.email_key as identity_key,
        'email' as identity_type,
        cast(null as text) as platform,
        cast(null as text) as account_id,
        cast(null as text) as customer_id,
        cast(null as text) as email,
        orders.first_observed_at,
        orders.created_at,
        cast(null as timestamptz) as registered_at
    from orders
    inner join linking on orders.identity_key = linking.customer_key and orders.email_key = linking.email_key
),

identities as (
    select
        identity_key,
        max(identity_type) as identity_type,
        max(platform) as platform,
        max(account_id) as account_id,
        max(customer_id) as customer_id,
        max(email) as email,
        min(first_observed_at) as first_observed_at,
        coalesce(min(registered_at), min(created_at)) as created_at
    from seen
    {{ only_touched('identity_key') }}
    group by identity_key
),

-- A person is called after the identity that was seen first: whatever is linked later does not rename it.
persons as (
    select
        components.component_key,
        identities.identity_key as customer_key,
        row_number() over (
            partition by components.component_key
            order by
                identities.first_observed_at,
                identities.created_at nulls last,
                case identities.identity_type when 'customer' then 1 when 'email' then 2 else 3 end,
                identities.identity_key
        ) as seniority
    from components
    inner join identities on components.identity_key = identities.identity_key
)

select
    identities.identity_key,
    identities.identity_type,
    identities.platform,
    identities.account_id,
    identities.customer_id,
    identities.email,
    coalesce(persons.customer_key, identities.identity_key) as customer_key,
    identities.first_observed_at,
    identities.created_at
from identities
left join components on identities.identity_key = components.identity_key
left join persons on components.component_key = persons.component_key and persons.seniority = 1
