{# Columns as rows, `alias`.measure and `alias`.amount, for {measure: expression}. #}
{% macro measure_rows(alias, measures) -%}
    {{ return(adapter.dispatch('measure_rows', 'countinghouse')(alias, measures)) }}
{%- endmacro %}

{% macro postgres__measure_rows(alias, measures) -%}
    cross join lateral (
        values
        {%- for measure, expression in measures.items() %}
            ('{{ measure }}', cast({{ expression }} as numeric)){{ ',' if not loop.last }}
        {%- endfor %}
    ) as {{ alias }} (measure, amount)
{%- endmacro %}

{# Where our side of each platform's report comes from: the mart of its days and the columns that are compared, and
   the measures that the platform also gives by order, as expressions over the CTE `booked` of `agg_tie_out_bookings`.
   A measure is called as the platform's report calls it where its definition is the platform's own. #}
{% macro report_of(platform) -%}
    {%- set ledger = ['orders', 'gross_sales', 'discounts', 'sales_reversals', 'net_sales', 'shipping', 'taxes',
                      'duties', 'fees', 'total_sales'] -%}
    {%- set definitions = {
        'shopify': {'days': 'agg_daily_summary', 'measures': ledger, 'by_order': _by_name(ledger),
                    'booked': 'booked', 'of_days': 'days.has_sales'},
        'woocommerce': {
            'days': 'agg_woocommerce_revenue',
            'measures': ['orders', 'gross_sales', 'coupons', 'refunds', 'net_revenue', 'taxes', 'shipping',
                         'total_sales'],
            'by_order': _by_name(['orders', 'net_revenue', 'total_sales']),
            'booked': 'woocommerce_booked',
        },
    } -%}
    {# a platform whose report speaks of what our ledger does, or that has none #}
    {{ return(definitions.get(platform, definitions.shopify)) }}
{%- endmacro %}

{% macro _by_name(names) -%}
    {%- set found = {} -%}
    {%- for name in names -%}{%- do found.update({name: name}) -%}{%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The marts of all platforms' days, as what a model consumes. #}
{% macro reported_marts() -%}
    {%- set consumed = {} -%}
    {%- for platform in var('platforms') -%}{%- do consumed.update({reported_mart(platform): []}) -%}{%- endfor -%}
    {{ return(consumed) }}
{%- endmacro %}

{# The columns of a platform's days as {measure: column}, its orders' as {measure: expression}; the mart of its days;
   the names of its orders' measures as rows. #}
{% macro report_measures(platform) -%}
    {{ return(_by_name(report_of(platform).measures)) }}
{%- endmacro %}

{% macro order_measures_from(platform) -%}
    {{ return(report_of(platform).booked) }}
{%- endmacro %}

{% macro reported_mart(platform) -%}
    {{ return(report_of(platform).days) }}
{%- endmacro %}

{% macro order_measures(platform) -%}
    {{ return(report_of(platform).by_order) }}
{%- endmacro %}

{# Which days of that mart: of visits or ads alone no report knows. #}
{% macro reported_days_only(platform) -%}
    days.platform = '{{ platform }}'
    {%- if report_of(platform).of_days %} and {{ report_of(platform).of_days }}{% endif -%}
{%- endmacro %}

{% macro report_days(platform) -%}
    {{ return(ref(reported_mart(platform))) }}
{%- endmacro %}

{% macro order_measure_names(platform) -%}
    {%- for name in order_measures(platform) %}
        select '{{ name }}' as measure {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The moment at which a store's local day begins, 23 or 25 hours before the next where its clocks change. #}
{% macro day_begins_at(day, time_zone) -%}
    {{ return(adapter.dispatch('day_begins_at', 'countinghouse')(day, time_zone)) }}
{%- endmacro %}

{% macro postgres__day_begins_at(day, time_zone) -%}
    {{ at_time_zone('cast(cast(' ~ day ~ ' as date) as timestamp)', time_zone) }}
{%- endmacro %}

{# Whether one day is the day before or after another. #}
{% macro is_beside(day, other_day) -%}
    {{ day }} in ({{ days_before(other_day, 1) }}, {{ days_before(other_day, -1) }})
{%- endmacro %}

{# The smallest amount that a currency has (ISO 4217): what rounding may come to. #}
{% macro minor_unit(currency_code) -%}
    case
        when {{ currency_code }} in (
            'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF',
            'XPF'
        ) then 1
        when {{ currency_code }} in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 0.001
        else 0.01
    end
{%- endmacro %}

{# A run reads the last days of a report together, and an unchanged day is not landed again: the days after it, which
   do change, tell when it was last looked at. `reports` is the row of the day,
   `reading.read_at` the moment. #}
{% macro report_tells_of_days() -%}
    {{ return(-7) }}
{%- endmacro %}

{% macro report_read_at(model_name) -%}
    cross join lateral (
        select max(near.observed_at) as read_at
        from {{ ref(model_name) }} as near
        where
            near.store_key = reports.store_key
            and near.report_date between reports.report_date
            and {{ days_before('reports.report_date', report_tells_of_days()) }}
            and not near.is_deleted
    ) as reading
{%- endmacro %}
