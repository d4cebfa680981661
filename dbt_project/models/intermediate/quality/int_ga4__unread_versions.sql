{{ unread_versions('ga4', {
    'properties': {'model': 'stg_ga4__properties', 'key': 'account_key', 'of': "'account'"},
    'session_reports': {'model': 'stg_ga4__session_reports', 'key': 'report_key', 'of': "'session_report:' || versions.id"},
    'purchase_reports': {'model': 'stg_ga4__purchase_reports', 'key': 'report_key', 'of': "'purchase_report:' || versions.id"},
}) }}
