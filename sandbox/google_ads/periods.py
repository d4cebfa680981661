"""The days that a query's conditions on dates leave, in the account's time zone."""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.google_ads.catalogue import DATES
from sandbox.google_ads.errors import INVALID, AdsFailure, query_error
from sandbox.google_ads.gaql import Condition, Query

MONTHS_KEPT = 37
GRANULAR = ("segments.date", "segments.week", "segments.day_of_week")
FIRST_WITH_REFUSAL = 24  # earlier versions answer with no rows
Span = tuple[date, date]


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`; None is an open end."""

    first: date | None = None
    last: date | None = None

    def within(self, first: date, last: date) -> Span:
        """The days of a closed span that are in the period; none if the first is after the last."""
        return max(self.first or first, first), min(self.last or last, last)

    def narrowed(self, other: "Period") -> "Period":
        """The days that both have."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Period(max(firsts, default=None), min(lasts, default=None))


def period(query: Query, *, today: date, version: int) -> Period:
    """What the conditions on dates say together, or `AdsFailure`."""
    found = Period()
    for condition in query.conditions:
        if condition.field in DATES:
            found = found.narrowed(_days(condition, today))
    dated = [name for name in query.fields if name in DATES or name in GRANULAR]
    if dated and (found.first is None or found.last is None):
        raise query_error(
            "EXPECTED_FILTERS_ON_DATE_RANGE",
            f"Expected a finite date range in the WHERE clause, as '{dated[0]}' is in the SELECT clause.",
        )
    oldest = _months_before(today, MONTHS_KEPT)
    if any(name in GRANULAR for name in query.fields):
        if found.last is not None and found.last < oldest and version >= FIRST_WITH_REFUSAL:
            raise AdsFailure(
                INVALID,
                "dateRangeError",
                "REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED",
                message=f"The requested granularity is not available before {oldest}.",
            )
        found = found.narrowed(Period(first=oldest))
    return found


def _days(condition: Condition, today: date) -> Period:
    if condition.operator == "DURING":
        return Period(*_during(condition.values[0], today))
    days = [_day(value) for value in condition.values]
    if condition.operator == "BETWEEN" and days[0] > days[1]:
        raise query_error(
            "INVALID_VALUE_WITH_BETWEEN_OPERATOR",
            f"Error in query: {condition.values[0]} is after {condition.values[1]}.",
        )
    step, ends = timedelta(days=1), _ending(condition.field)
    return {
        "=": lambda: Period(days[0], ends(days[0])),
        "IN": lambda: Period(min(days), ends(max(days))),
        "BETWEEN": lambda: Period(days[0], ends(days[1])),
        ">=": lambda: Period(first=days[0]),
        ">": lambda: Period(first=ends(days[0]) + step),
        "<=": lambda: Period(last=ends(days[0])),
        "<": lambda: Period(last=days[0] - step),
    }[condition.operator]()


def _ending(field: str) -> Callable[[date], date]:
    """The last day of the week, month … that begins on a day."""
    return {
        "segments.week": lambda day: day + timedelta(days=6),
        "segments.month": lambda day: day.replace(day=_length(day)),
        "segments.quarter": lambda day: _months_before(day, -3) - timedelta(days=1),
        "segments.year": lambda day: day.replace(month=12, day=31),
    }.get(field, lambda day: day)


def _day(text: str) -> date:
    digits = text.replace("-", "") if len(text) == len("2026-11-18") else text
    try:
        if len(text) == 4 and text.isdigit():
            return date(int(text), 1, 1)
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        raise query_error(
            "INVALID_DATE_FORMAT", f"Invalid date '{text}': expected the format 'YYYY-MM-DD'."
        ) from None


def _during(word: str, today: date) -> Span:
    def ago(days: int) -> date:
        return today - timedelta(days=days)

    monday, sunday = ago(today.weekday()), ago((today.weekday() + 1) % 7)
    week = timedelta(days=7)
    spans = {
        "TODAY": (today, today),
        "YESTERDAY": (ago(1), ago(1)),
        "LAST_7_DAYS": (ago(7), ago(1)),
        "LAST_14_DAYS": (ago(14), ago(1)),
        "LAST_30_DAYS": (ago(30), ago(1)),
        "LAST_BUSINESS_WEEK": (monday - week, monday - timedelta(days=3)),
        "LAST_WEEK_MON_SUN": (monday - week, monday - timedelta(days=1)),
        "LAST_WEEK_SUN_SAT": (sunday - week, sunday - timedelta(days=1)),
        "THIS_WEEK_MON_TODAY": (monday, today),
        "THIS_WEEK_SUN_TODAY": (sunday, today),
        "THIS_MONTH": (today.replace(day=1), today),
        "LAST_MONTH": (_months_before(today.replace(day=1), 1), ago(today.day)),
    }
    if word.upper() not in spans:
        raise query_error("INVALID_VALUE_WITH_DURING_OPERATOR", f"Invalid date range literal: '{word}'.")
    return spans[word.upper()]


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, _length(first)))


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def each_day(first: date, last: date) -> Iterable[date]:
    """Every day of a span."""
    return (first + timedelta(days=step) for step in range((last - first).days + 1))
