{{ union_platforms('report_days', ['store_key', 'date_day', 'measure', 'theirs', 'read_at', 'observed_at']) }}
