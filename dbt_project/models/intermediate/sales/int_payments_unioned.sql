{{ union_platforms('payments', ['order_key', 'paid_amount', 'refunded_amount']) }}
