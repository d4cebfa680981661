-- The days of these stores are UTC days until the platform sends a zone that the database knows.
{{ config(severity='warn') }}

select store_key, account_id, time_zone_name
from {{ ref('dim_store') }}
where is_time_zone_known is not true
