"""A query carried out: things, their figures by segment, conditions, order, limit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sandbox.google_ads.catalogue import BY_ACTION, DATES, DAYS
from sandbox.google_ads.check import named_fields
from sandbox.google_ads.customer import Customer, Manager
from sandbox.google_ads.facts import ACTIONS, Fact
from sandbox.google_ads.gaql import Query
from sandbox.google_ads.match import fits
from sandbox.google_ads.periods import Period, each_day
from sandbox.google_ads.things import Key, Values, action_resource, things

Numbers = dict[str, Decimal]
SEGMENTS: dict[str, Callable[[date], Any]] = {
    "segments.date": lambda day: f"{day}",
    "segments.week": lambda day: f"{day - timedelta(days=day.weekday())}",
    "segments.month": lambda day: f"{day.replace(day=1)}",
    "segments.quarter": lambda day: f"{day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)}",
    "segments.year": lambda day: day.year,
    "segments.day_of_week": lambda day: DAYS[day.weekday()],
}
RATIOS = {
    "ctr": ("clicks", "impressions"),
    "average_cpc": ("cost_micros", "clicks"),
    "cost_per_conversion": ("cost_micros", "conversions"),
}


@dataclass(frozen=True)
class Row:
    """One result: a thing, the segment it is about, its figures."""

    thing: Values
    segments: Values
    numbers: Numbers

    def value(self, path: str) -> Any:
        """What stands at a path; None of what is not set."""
        owner, _, name = path.partition(".")
        if owner == "metrics":
            return self.figure(name)
        return self.segments.get(path) if owner == "segments" else self.thing.get(path)

    def figure(self, name: str) -> Decimal:
        """A figure, 0 where nothing was counted."""
        if name in RATIOS:
            above, below = (self.numbers.get(part, Decimal(0)) for part in RATIOS[name])
            return above / below if below else Decimal(0)
        return self.numbers.get(name, Decimal(0))


def run(query: Query, customer: Customer | Manager, days: Period, *, today: date) -> list[Row]:
    """All rows of a sound query, its limit applied."""
    segments = [path for path in query.fields if path.startswith("segments.")]
    metrics = [path for path in named_fields(query) if path.startswith("metrics.")]
    known = things(query.resource, customer)
    if not segments and not metrics:
        rows = [Row(thing, {}, {}) for thing in known.values()]
    else:
        rows = _with_figures(query, customer, days, known=known, segments=segments, today=today)
        if segments and metrics:
            shown = [path for path in query.fields if path.startswith("metrics.")]
            rows = [row for row in rows if any(row.value(path) for path in shown)]
    conditions = [one for one in query.conditions if one.field not in DATES]
    rows = [row for row in rows if all(fits(one, row.value(one.field)) for one in conditions)]
    for path, descending in reversed(query.orders):
        rows.sort(key=lambda row, path=path: _sortable(row.value(path)), reverse=descending)  # type: ignore[misc]
    return rows


def _with_figures(
    query: Query,
    customer: Customer | Manager,
    days: Period,
    *,
    known: dict[Key, Values],
    segments: Sequence[str],
    today: date,
) -> list[Row]:
    """Rows by thing and segment; without segments every thing has one, whatever happened."""
    by_action = any(path in BY_ACTION for path in segments)
    found: dict[tuple[Key, tuple[Any, ...]], Numbers] = {}
    if not segments:
        found = {(key, ()): {} for key in known}
    for fact in _facts(query, customer, days, today=today):
        key = _key(query.resource, fact)
        if key is None or key not in known or (by_action and fact.action is None):
            continue
        segment = tuple(_segment(path, fact, customer) for path in segments)
        numbers = found.setdefault((key, segment), {})
        for name, amount in fact.numbers.items():
            numbers[name] = numbers.get(name, Decimal(0)) + amount
    return [
        Row(known[key], dict(zip(segments, segment, strict=True)), numbers)
        for (key, segment), numbers in found.items()
    ]


def _facts(query: Query, customer: Customer | Manager, days: Period, *, today: date) -> Iterable[Fact]:
    if isinstance(customer, Manager):
        return
    dated = [one for one in query.conditions if one.field in DATES and one.operator != "DURING"]
    created = [one.created.astimezone(customer.zone).date() for one in customer.campaigns()]
    if not created:
        return
    first, last = days.within(min(created), today)
    for day in each_day(first, last):
        if all(fits(one, SEGMENTS[one.field](day)) for one in dated):
            yield from customer.facts(day)


def _key(resource: str, fact: Fact) -> Key | None:
    """Which thing a fact counts for; what has no ad counts for none of the ads."""
    if resource == "customer":
        return ()
    if resource == "campaign":
        return (fact.campaign.id,)
    if fact.group is None or resource == "ad_group":
        return (fact.group.id,) if fact.group else None
    return (fact.group.id, fact.ad.id) if fact.ad else None


def _segment(path: str, fact: Fact, customer: Customer | Manager) -> Any:
    if path not in BY_ACTION:
        return SEGMENTS[path](fact.day)
    if fact.action is None or isinstance(customer, Manager):
        return None
    return {
        "segments.conversion_action": lambda action: action_resource(customer, action),
        "segments.conversion_action_name": lambda action: ACTIONS[action].name,
        "segments.conversion_action_category": lambda action: ACTIONS[action].category,
    }[path](fact.action)


def _sortable(value: Any) -> tuple[bool, Any]:
    """Whatever is not set comes first; ids are numbers."""
    if isinstance(value, str) and value.isdigit():
        return True, f"{int(value):020d}"
    return value is not None, value if value is not None else ""
