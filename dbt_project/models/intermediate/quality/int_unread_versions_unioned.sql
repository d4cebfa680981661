{{ union_platforms('unread_versions', [
    'account_id', 'resource', 'id', 'observed_at', '_dlt_load_id',
], platforms=all_platforms()) }}
