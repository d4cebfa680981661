select
    campaign_key,
    account_key,
    account_id,
    campaign_id,
    campaign_name,
    campaign_kind,
    status,
    is_deleted,
    observed_at
from {{ ref('stg_meta_ads__campaigns') }}
