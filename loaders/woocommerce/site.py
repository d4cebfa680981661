"""Which site answers, and on whose days it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True)
class Site:
    """What the index of a site's API says of it."""

    index: dict[str, Any]
    at: datetime

    @property
    def home(self) -> str:
        """The site's own address."""
        return str(self.index["home"]).rstrip("/")

    @property
    def zone(self) -> tzinfo:
        """The site's time zone; a fixed offset where it was given as one. ValueError where there is none."""
        name = self.index.get("timezone_string")
        if isinstance(name, str) and name:
            try:
                return ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                pass
        return timezone(timedelta(hours=float(self.index["gmt_offset"])))

    def local_day(self, at: datetime) -> date:
        """The site's own day at a moment."""
        return at.astimezone(self.zone).date()


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: it may have moved to https, or to or from www."""
    return _plain(one) == _plain(other)


def _plain(home: str) -> str:
    place = home.partition("://")[2] or home
    return place.lower().removeprefix("www.").rstrip("/")


def folds(zone: tzinfo, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches between two moments whose local times come twice, as clocks are put back.

    Older shops sort by local time what they filter by UTC, so that a list is out of order there.
    """
    found = []
    step = timedelta(days=1)
    at = first - step
    while at <= last:
        before, after = _offset(zone, at), _offset(zone, at + step)
        if after < before:
            turn = _turn(zone, at, at + step)
            twice = before - after + timedelta(seconds=1)
            found.append((turn - twice, turn + twice))
        at += step
    return found


def _turn(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset changes."""
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
