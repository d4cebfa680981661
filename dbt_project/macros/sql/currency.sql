{# Exchange rates: how long one holds, and how money is converted. #}

{# A fixing prices its own day and as many days after it; later days have no rate rather than an old one. The
   longest gap between two fixings of the ECB is five days (Easter); a suspended currency stops within a week. #}
{% macro rate_is_carried_days() -%}
    {{ return(7) }}
{%- endmacro %}

{# 0, 1, … as rows of one column, `days`: a fixing's own day and those it is carried to. #}
{% macro carried_days() -%}
    {%- for days in range(rate_is_carried_days() + 1) -%}
        select {{ days }} as days{{ ' union all ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Amounts in reporting money: `amount` times a rate. Not rounded: net = gross - discount and total = net + tax then
   hold exactly, and a day's sum is the sum in the store's money times the rate. NULL without a rate. #}
{% macro in_reporting_money(amount, rate) -%}
    {{ amount }} * {{ rate }}
{%- endmacro %}

{# The rate of a row of dim_exchange_rate that was left joined, and the day of its fixing; money of the reporting currency
   needs no rate. #}
{% macro reporting_rate_of(currency_code, rates) -%}
    case when {{ currency_code }} = '{{ var("reporting_currency") }}' then 1 else {{ rates }}.reporting_rate end
{%- endmacro %}

{% macro reporting_rate_date_of(currency_code, day, rates) -%}
    case
        when {{ currency_code }} = '{{ var("reporting_currency") }}' then {{ day }}
        else {{ rates }}.reporting_fixing_date
    end
{%- endmacro %}
