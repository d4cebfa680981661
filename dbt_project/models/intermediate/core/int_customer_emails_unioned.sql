{{ union_platforms('customer_emails', [
    'customer_key', 'email_key', 'account_id', 'customer_id', 'email', 'first_observed_at', 'created_at',
]) }}
