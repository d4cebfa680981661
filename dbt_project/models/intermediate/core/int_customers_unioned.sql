{{ union_platforms('customers', [
    'identity_key', 'store_key', 'account_id', 'customer_id', 'customer_name', 'email', 'country_code',
    'currency_code', 'is_deleted', 'created_at', 'updated_at', 'observed_at',
]) }}
