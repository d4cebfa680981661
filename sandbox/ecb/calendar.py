"""When the bank fixes rates: working days of TARGET, in the afternoon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from zoneinfo import ZoneInfo

FRANKFURT = ZoneInfo("Europe/Berlin")
PUBLISHED_AT = clock_time(16, 0)
FIRST_DAY = date(1999, 1, 4)
FULL_CALENDAR_SINCE = 2000  # in its first year TARGET closed at New Year and Christmas alone
SPECIAL_CLOSINGS = frozenset((date(1999, 12, 31), date(2001, 12, 31)))


@cache
def easter(year: int) -> date:
    """Easter Sunday."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Whether TARGET is open."""
    if day.weekday() >= 5 or day in SPECIAL_CLOSINGS:
        return False
    if (day.month, day.day) in ((1, 1), (12, 25)):
        return False
    if day.year < FULL_CALENDAR_SINCE:
        return True
    if (day.month, day.day) in ((5, 1), (12, 26)):
        return False
    return day - easter(day.year) not in (timedelta(days=-2), timedelta(days=1))


def working_days(after: date, until: date) -> Iterator[date]:
    """All of them after one day, up to and including another."""
    for number in range(1, (until - after).days + 1):
        day = after + timedelta(days=number)
        if is_working_day(day):
            yield day


def published_at(day: date) -> datetime:
    """When the rates of a day are in the files."""
    return datetime.combine(day, PUBLISHED_AT, tzinfo=FRANKFURT).astimezone(UTC)


def last_fixing(now: datetime) -> date:
    """The latest day whose rates are published."""
    day = now.astimezone(FRANKFURT).date()
    while not is_working_day(day) or published_at(day) > now:
        day -= timedelta(days=1)
    return day
