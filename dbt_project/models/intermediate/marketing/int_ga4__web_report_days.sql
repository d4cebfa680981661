{%- set reports = {'sessions': 'stg_ga4__session_reports', 'purchases': 'stg_ga4__purchase_reports'} -%}

{% for report_type, reports_read in reports.items() %}
    select
        account_key,
        account_id,
        date_day,
        '{{ report_type }}' as report_type,
        is_sampled,
        is_thresholded,
        has_other_row,
        observed_at
    from {{ ref(reports_read) }}
    where not is_deleted and date_day is not null
    {{ 'union all' if not loop.last }}
{% endfor %}
