{# The definitions of every figure that is a sum over the ledger, in one place; `ledger` is fct_sales.
   {name: expression}; each model picks the names it shows. #}
{% macro ledger_metrics() -%}
    {{ return({
        'gross_sales': "sum(case when sale_class = 'sale' then gross_amount else 0 end)",
        'discounts': "sum(case when sale_class = 'sale' then discount_amount else 0 end)",
        'sales_reversals': "sum(case when sale_class = 'reversal' then net_amount else 0 end)",
        'net_sales': "sum(case when sale_class is not null then net_amount else 0 end)",
        'shipping': "sum(case when line_type = 'shipping' then net_amount else 0 end)",
        'taxes': "sum(tax_amount)",
        'duties': "sum(case when line_type = 'duty' then net_amount else 0 end)",
        'fees': "sum(case when line_type = 'fee' then net_amount else 0 end)",
        'total_sales': "sum(tax_amount + case when line_type in ('tip', 'gift_card') then 0 else net_amount end)",
        'tips': "sum(case when line_type = 'tip' then net_amount else 0 end)",
        'gift_cards_sold': "sum(case when line_type = 'gift_card' then net_amount else 0 end)",
        'adjustments': "sum(case when line_type = 'adjustment' then total_amount else 0 end)",
        'units': "cast(sum(case when line_type = 'product' and quantity > 0 then quantity else 0 end) as bigint)",
        'units_returned': "cast(sum(case when line_type = 'product' and quantity < 0 then quantity else 0 end) as bigint)",
    }) }}
{%- endmacro %}

{# One of them: ledger_sum('total_sales'). #}
{% macro ledger_sum(name) -%}
    {{ ledger_metrics()[name] }}
{%- endmacro %}

{# The sums as columns: `sum(...) as gross_sales, ...`. #}
{% macro ledger_sums() -%}
    {%- for name, expression in ledger_metrics().items() %}
        {{ expression }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The figures that are money, or those of `names`, in the reporting currency: `... as reporting_gross_sales, ...`.
   NULL, never the sum of some rows, where a row has no rate. #}
{% macro reporting_sums(names=none) -%}
    {%- for name in names or money_metrics() %}
        {%- set amounts = ['gross_amount', 'discount_amount', 'net_amount', 'tax_amount', 'total_amount'] -%}
        {%- set expression = namespace(text=ledger_metrics()[name]) -%}
        {%- for amount in amounts -%}
            {%- set expression.text = expression.text | replace(amount, 'reporting_' ~ amount) -%}
        {%- endfor %}
        case when count(*) = count(reporting_total_amount) then {{ expression.text }} end
            as reporting_{{ name }}{{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro money_metrics() -%}
    {{ return(ledger_metrics().keys() | reject('in', ['units', 'units_returned']) | list) }}
{%- endmacro %}

{# A text once per figure, `{name}` replaced: each_metric('coalesce(sales.{name}, 0) as {name}'). #}
{% macro each_metric(text, separator=',') -%}
    {%- for name in ledger_metrics() %}
        {{ text | replace('{name}', name) }}{{ separator if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# A quotient with four decimals on every engine; NULL where there is nothing to divide by. #}
{% macro ratio(numerator, denominator) -%}
    round(cast({{ numerator }} as numeric) / nullif({{ denominator }}, 0), 4)
{%- endmacro %}

{# Change against an earlier value in percent, two decimals; NULL where that was zero or absent. #}
{% macro change_percent(value, earlier) -%}
    round(100 * cast({{ value }} - {{ earlier }} as numeric) / nullif(abs({{ earlier }}), 0), 2)
{%- endmacro %}

{# Whether it holds for a row of the group. #}
{% macro any_true(expression) -%}
    {{ dbt.bool_or(expression) }}
{%- endmacro %}
