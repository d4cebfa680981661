{# {producer: [readers]} of a tracked model, all of them tracked: a view named in `consumes` stands for the tracked
   models it reads, directly or through other views. Those that touch the model's grain, or one that it `finds` its
   groups by, are its producers, the others that consume a producer are its readers: a platform's own names are nobody's business but its views'. #}
{% macro consumed_batches(spec) -%}
    {%- set resolved = {} -%}
    {%- set wanted = [spec.grain] + (spec.finds or []) | map(attribute='grain') | list -%}
    {%- for producer, readers in (spec.consumes or {}).items() -%}
        {%- set below = [] -%}
        {%- for name in [producer] + readers -%}
            {%- for found in tracked_below(name) if found not in below -%}{%- do below.append(found) -%}{%- endfor -%}
        {%- endfor -%}
        {%- for source in tracked_below(producer) if producer == source or touches_any(source, wanted) -%}
            {%- set between = [] -%}
            {%- for reader in below if reader != source and (reader in readers or consumes_from(reader, source)) -%}
                {%- do between.append(reader) -%}
            {%- endfor -%}
            {%- do resolved.update({source: between}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if spec.consumes and not resolved -%}
        {{ exceptions.raise_compiler_error(model.name ~ ' consumes nothing that touches its grain ' ~ spec.grain) }}
    {%- endif -%}
    {{ return(resolved) }}
{%- endmacro %}

{# The model itself where it is tracked, else the nearest tracked models it reads. #}
{% macro tracked_below(name) -%}
    {%- set node = tracked_node(name) -%}
    {%- if node.config.meta.get('group_by') -%}
        {{ return([name]) }}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for parent in node.depends_on.nodes if graph.nodes.get(parent, {}).resource_type == 'model' -%}
        {%- for one in tracked_below(graph.nodes[parent].name) if one not in found -%}{%- do found.append(one) -%}{%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{% macro touches_any(model_name, grains) -%}
    {{ return((tracked_spec(model_name).touches or []) | selectattr('grain', 'in', grains) | list | length > 0) }}
{%- endmacro %}

{% macro consumes_from(model_name, producer) -%}
    {{ return(producer in consumed_batches(tracked_spec(model_name))) }}
{%- endmacro %}
