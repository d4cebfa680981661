{#- Versions that nobody could read. They stay in the log, an older readable version stays in use, and
    assert_every_document_can_be_read fails. Append-only, like the log. -#}
{{ config(
    incremental_strategy='append',
    meta={'raw_all': 'meta_ads'},
    indexes=[{'columns': ['account_id', 'resource', 'id']}],
) }}
{{ unparsable_versions('meta_ads', [
    'ad_accounts', 'campaigns', 'ad_sets', 'ads', 'insights',
]) }}
