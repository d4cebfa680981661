"""Ranges of days: the named ones, and how a range is cut into rows."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

Range = tuple[date, date]

ONE = timedelta(days=1)
LAST = {"last_3d": 3, "last_7d": 7, "last_14d": 14, "last_28d": 28, "last_30d": 30, "last_90d": 90}
NAMES = (
    "today", "yesterday", "this_month", "last_month", "this_quarter", "maximum", "data_maximum", *LAST,
    "last_week_mon_sun", "last_week_sun_sat", "last_quarter", "last_year", "this_week_mon_today",
    "this_week_sun_today", "this_year",
)  # fmt: skip


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days(preset: str, today: date, *, oldest: date) -> Range | None:
    """The first and last day of a preset; None for a name that does not exist.

    `last_..d` ends yesterday.
    """
    monday, sunday = today - today.weekday() * ONE, today - today.isoweekday() % 7 * ONE
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    if preset in LAST:
        return today - LAST[preset] * ONE, today - ONE
    return {
        "today": (today, today),
        "yesterday": (today - ONE, today - ONE),
        "this_month": (month, today),
        "last_month": ((month - ONE).replace(day=1), month - ONE),
        "this_quarter": (quarter, today),
        "last_quarter": (months_before(quarter, 3), quarter - ONE),
        "this_year": (today.replace(month=1, day=1), today),
        "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "this_week_mon_today": (monday, today),
        "this_week_sun_today": (sunday, today),
        "last_week_mon_sun": (monday - 7 * ONE, monday - ONE),
        "last_week_sun_sat": (sunday - 7 * ONE, sunday - ONE),
        "maximum": (oldest, today),
        "data_maximum": (oldest, today),
    }.get(preset)


def cut(since: date, until: date, increment: int | str | None) -> Iterator[Range]:
    """The range in pieces: of so many days, of calendar months, or whole."""
    if increment is None:
        yield since, until
        return
    while since <= until:
        if isinstance(increment, int):
            last = since + (increment - 1) * ONE
        else:
            last = since.replace(day=calendar.monthrange(since.year, since.month)[1])
        yield since, min(last, until)
        since = min(last, until) + ONE
