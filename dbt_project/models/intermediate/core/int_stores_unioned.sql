{{ union_platforms('stores', [
    'store_key', 'account_id', 'store_name', 'domain', 'currency_code', 'time_zone_name',
    'sent_time_zone_name', 'is_tax_included', 'created_at', 'observed_at',
]) }}
