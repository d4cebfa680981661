{#- Versions that nobody could read. They stay in the log, an older readable version stays in use, and
    assert_every_document_can_be_read fails. Append-only, like the log. -#}
{{ config(
    incremental_strategy='append',
    meta={'raw_all': 'ga4'},
    indexes=[{'columns': ['account_id', 'resource', 'id']}],
) }}
{{ unparsable_versions('ga4', ['properties', 'session_reports', 'purchase_reports']) }}
