{{ union_platforms('web_days', [
    'account_key', 'account_id', 'date_day', 'is_sampled', 'is_thresholded', 'has_other_row', 'first_observed_at',
    'observed_at',
], platforms=var('web_platforms')) }}
