-- The figures of these accounts and properties are in no store's that is known. `remedy` says what to do.
{{ config(severity='warn', meta=shown_at('int_ad_accounts_unioned')) }}

with accounts as (
    select platform, account_id, native_account_id, store_key
    from {{ ref('int_ad_accounts_unioned') }}
    union all
    select platform, account_id, native_account_id, store_key
    from {{ ref('int_web_properties_unioned') }}
)

select
    accounts.platform,
    accounts.account_id,
    accounts.native_account_id,
    {{ told_store('accounts.platform', 'accounts.account_id') }} as told_store,
    case
        when accounts.store_key is null
            then 'call it as its store''s account is called, or say whose it is in the var store_of_account'
        else 'no such store yet: check the spelling in the var store_of_account, or load it'
    end as remedy
from accounts
left join {{ ref('int_stores_unioned') }} as stores on accounts.store_key = stores.store_key
where stores.store_key is null
