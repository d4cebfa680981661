-- Stores by the name of their account, where no other store is called so.
select
    account_id,
    min(store_key) as store_key
from {{ ref('int_stores_unioned') }}
group by account_id
having count(*) = 1
