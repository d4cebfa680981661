-- Raw things = modelled + test + deleted + excluded + unparsable. Counts the whole log: not in a daily run.
select *
from {{ ref('fct_quality_counts') }}
where
    raw_things <> modelled_things + test_things + deleted_things + excluded_things + unparsable_things
    {% if var('test_scope') != 'all' %}and false{% endif %}
