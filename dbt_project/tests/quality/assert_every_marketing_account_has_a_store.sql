-- The figures of these accounts and properties are in no store's: call them as the store's account is called,
-- or say whose they are in the var `store_of_account`.
{{ config(severity='warn', meta=shown_at('int_ad_accounts_unioned')) }}

select platform, account_id, native_account_id
from {{ ref('int_ad_accounts_unioned') }}
where store_key is null
union all
select platform, account_id, native_account_id
from {{ ref('int_web_properties_unioned') }}
where store_key is null
