-- No import CTE: looked up by key.
{% for named in [ref('stg_google_ads__campaign_days'), ref('stg_google_ads__conversion_campaign_days')] %}
    select
        campaign_key,
        account_key,
        account_id,
        date_day,
        campaign_id,
        campaign_name,
        observed_at
    from {{ named }}
    {{ 'union all' if not loop.last }}
{% endfor %}
