-- The channels of the house, and whatever else Google Analytics calls one: it adds groups now and then.
with used as (
    {{ distinct_values(ref('agg_daily_channel'), 'channel_group') }}
),

known as (
    {% for name, is_paid in channel_groups().items() %}
        select
            '{{ name }}' as channel_group,
            {{ is_paid | lower }} as is_paid,
            {{ loop.index }} as sort_order
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

named as (
    select
        coalesce(known.channel_group, used.channel_group) as channel_group,
        known.is_paid,
        known.channel_group is not null as is_known,
        coalesce(known.sort_order, {{ channel_groups() | length + 1 }}) as sort_order
    from known
    full outer join used on known.channel_group = used.channel_group
)

select
    {{ surrogate_key("'channel'", "'google'", 'channel_group') }} as channel_key,
    channel_group,
    is_paid,
    is_known,
    sort_order
from named
