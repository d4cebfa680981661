{{ union_platforms('web_report_days', [
    'account_key', 'account_id', 'date_day', 'report_type', 'is_sampled', 'is_thresholded', 'has_other_row',
    'observed_at',
], platforms=var('web_platforms')) }}
