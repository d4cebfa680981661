{{ config(
    meta={
        'raw': {'platform': 'ga4', 'resource': 'purchase_reports'},
        'group_by': ['report_key'],
        'native_id': 'report_id',
        'touches': [
            {'grain': 'purchase_report', 'keys': [['report_key']], 'compare': ['report_key', 'is_deleted', '_dlt_load_id']},
            {
                'grain': 'web_report_day',
                'keys': [['account_key', 'date_day']],
                'compare': ['account_key', 'date_day', 'is_deleted', '_dlt_load_id'],
            },
        ],
    },
    indexes=[{'columns': ['report_key'], 'unique': true}, {'columns': ['account_key', 'date_day']}],
) }}

with documents as (
    {{ latest_documents('ga4', 'purchase_reports') }}
)

{{ web_report('ga4', 'purchase', 'documents') }}
