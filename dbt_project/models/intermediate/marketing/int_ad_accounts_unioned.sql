with accounts as (
    {{ union_platforms('ad_accounts', [
        'account_key', 'account_id', 'native_account_id', 'account_name', 'currency_code', 'time_zone_name',
        'sent_time_zone_name', 'observed_at',
    ], platforms=var('ad_platforms')) }}
)

select
    accounts.account_key,
    accounts.platform,
    accounts.account_id,
    {{ store_of_account('accounts.platform', 'accounts.account_id', 'names') }} as store_key,
    accounts.native_account_id,
    accounts.account_name,
    accounts.currency_code,
    accounts.time_zone_name,
    accounts.sent_time_zone_name,
    accounts.observed_at
from accounts
left join {{ ref('int_store_names') }} as names on accounts.account_id = names.account_id
