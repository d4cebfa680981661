{{ union_platforms('report_questions', ['store_key', 'date_day', 'measure', 'asked_at']) }}
