{# dbt builds nothing behind a failing test. One order of one store that breaks an identity must be seen, and must
   not keep the figures of all the others from being published: a test that waits for the last mart has nothing
   behind it. #}
{% macro after_publication() -%}
    {%- do ref('agg_weekly_trends') -%}
{%- endmacro %}

{# Likewise for tests of the tie-out, of which the same has to hold where it is built by itself: Dagster's job that asks
   the vendors runs the tests whose models are in it, or come before them. #}
{% macro after_the_tie_out() -%}
    {%- do ref('fct_tie_out') -%}
{%- endmacro %}

{# The model at which Dagster shows a test of several models; without this it would show nowhere. #}
{% macro shown_at(model_name) -%}
    {{ return({'dagster': {'ref': {'name': model_name}}}) }}
{%- endmacro %}
