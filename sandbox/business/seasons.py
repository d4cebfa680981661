"""How much is sold when: weekday, month, the sales of November, and the hours of the day in local time."""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

WEEKDAYS = (1.05, 0.95, 0.95, 1.0, 1.0, 0.9, 1.2)
MONTHS = (0.85, 0.85, 0.9, 0.92, 0.98, 0.95, 0.9, 0.92, 1.0, 1.05, 1.35, 1.4)
HOURS = (1.2, 0.7, 0.4, 0.3, 0.3, 0.5, 1, 2, 3, 4, 4.5, 5, 5.5, 5, 4.5, 4.5, 5, 5.5, 6.5, 8, 9, 8.5, 6, 3)
_HOURS_SO_FAR = list(accumulate(HOURS))
NOISE = 0.18
REFERENCE_DAYS = 415  # the days over which orders are spread: a world is 400 to 430 days old by default


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


@lru_cache(maxsize=4096)
def weight(store: str, seed: int, day: date) -> float:
    """The relative weight of a day in a store, with the noise that belongs to this day and no other."""
    since = (day - black_friday(day.year)).days
    sale = {0: 3.4, 1: 2.0, 2: 1.8, 3: 2.6}.get(since, 1.0)
    if day.month == 12 and day.day in (25, 26):
        sale = 0.35
    noise = random.Random(f"{seed}:{store}:noise:{day}").lognormvariate(0, NOISE)
    return WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] * sale * noise


def moment(day: date, zone: ZoneInfo, rng: random.Random) -> datetime:
    """A moment of the store's local day, evenings first; hours that the clock change skips come after it."""
    hour = bisect_right(_HOURS_SO_FAR, rng.random() * _HOURS_SO_FAR[-1])
    return local(day, zone, hour * 3600 + int(rng.random() * 3600))


def local(day: date, zone: ZoneInfo, second: int) -> datetime:
    """That second of the local wall clock, in UTC."""
    wall = clock_time(second // 3600, second // 60 % 60, second % 60)
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The store's local day of a moment."""
    return at.astimezone(zone).date()
