{{ union_platforms('reported_orders', [
    'store_key', 'date_day', 'order_key', 'order_id', 'order_name', 'measure', 'theirs', 'version_total_amount',
    'sold_amount', 'order_status', 'is_counted', 'is_deleted', 'is_test', 'updated_at', 'edited_at',
]) }}
