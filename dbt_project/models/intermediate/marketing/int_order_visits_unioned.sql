{{ union_platforms('order_visits', [
    'order_key', 'position', 'visited_at', 'evidence', 'source', 'medium', 'campaign', 'referrer_url',
    'landing_page_url',
]) }}
