{{ union_platforms('web_sessions', [
    'account_key', 'account_id', 'date_day', 'channel_group', 'source', 'medium', 'campaign_name', 'landing_page',
    'device_category', 'country', 'sessions', 'engaged_sessions', 'users', 'new_users', 'item_views', 'add_to_carts',
    'checkouts', 'purchases', 'purchase_revenue', 'currency_code', 'is_sampled', 'is_thresholded', 'has_other_row',
    'observed_at',
], platforms=var('web_platforms')) }}
