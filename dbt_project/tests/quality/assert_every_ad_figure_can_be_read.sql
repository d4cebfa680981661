-- What the platform sent in place of a number. What it leaves out is nought and not here.
{{ config(severity='warn') }}

select ad_spend_key, platform, account_id, date_day, ad_id, impressions, clicks, spend_amount
from {{ rows_in_scope('fct_ad_spend') }} as spend
where impressions is null or clicks is null or spend_amount is null
