-- Google Analytics adds channels now and then: a new one is shown, and is at its place once it is known here.
{{ config(severity='warn', meta=shown_at('dim_channel')) }}

select channel_group
from {{ ref('dim_channel') }}
where not is_known
