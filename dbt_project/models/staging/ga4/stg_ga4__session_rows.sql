{#- A view: `fct_sessions` holds these rows, read from here day by day. -#}
{{ config(materialized='view') }}
{{ web_report_rows(ref('stg_ga4__session_reports'), {
    'channel_group': 'sessionDefaultChannelGroup',
    'source': 'sessionSource',
    'medium': 'sessionMedium',
    'campaign_name': 'sessionCampaignName',
    'landing_page': 'landingPage',
    'device_category': 'deviceCategory',
    'country': 'country',
}, {
    'sessions': 'sessions',
    'engaged_sessions': 'engagedSessions',
    'users': 'totalUsers',
    'new_users': 'newUsers',
    'item_views': 'itemViewEvents',
    'add_to_carts': 'addToCarts',
    'checkouts': 'checkouts',
    'purchases': 'ecommercePurchases',
    'purchase_revenue': 'purchaseRevenue',
}) }}
where not reports.is_deleted and reports.date_day is not null
