{{ union_platforms('quality_counts', [
    'store_key', 'account_id', 'resource', 'raw_versions', 'raw_things', 'staged_things', 'test_things',
    'deleted_things', 'excluded_things', 'unparsable_things',
], platforms=all_platforms()) }}
