-- What became of each thing in the log, per account and resource.
{{ count_things('ga4', {
    'properties': {'model': 'stg_ga4__properties', 'id': 'property_id'},
    'session_reports': {'model': 'stg_ga4__session_reports', 'id': 'report_id', 'excluded': 'date_day is null'},
    'purchase_reports': {'model': 'stg_ga4__purchase_reports', 'id': 'report_id', 'excluded': 'date_day is null'},
}) }}
