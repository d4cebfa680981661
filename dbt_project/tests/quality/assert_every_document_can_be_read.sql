-- Shown as failing, blocks nothing: the text stays in the log and the latest readable version in use.
-- It passes again once a readable version has come.
{{ config(severity='warn') }}

select platform, account_id, resource, id, _dlt_load_id
from {{ ref('int_unread_versions_unioned') }}
