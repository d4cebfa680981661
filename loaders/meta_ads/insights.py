"""What each ad did on each day: asked for directly or as reports, in windows that the vendor puts up with.

days ─► windows ─► side by side: direct answer, by pages ── too much ──► halves of the window ─► smaller pages
                   report run ── failed twice, or too long ──► halves while there is time left ─► report run
rows ─► by their day, each ad once, in the order of their ids
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson

from loaders.common.days import Days
from loaders.meta_ads import settings
from loaders.meta_ads.client import Client
from loaders.meta_ads.refusals import TooMuch
from loaders.meta_ads.runs import ReportRuns, RunFailed, TimeLeft

log = logging.getLogger(__name__)
Json = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The rows of a window, and the moment they describe."""

    days: Days
    rows: list[Json]
    at: datetime

    @classmethod
    def joined(cls, first: Found, second: Found) -> Found:
        """Two windows, one after the other."""
        days = Days(first.days.first, second.days.last)
        return cls(days, first.rows + second.rows, min(first.at, second.at))


@dataclass
class Insights:
    """The daily figures of one account's ads, deleted ones included."""

    client: Client
    runs: ReportRuns = field(init=False)

    def __post_init__(self) -> None:
        self.runs = ReportRuns(self.client)

    def days(self, days: Days) -> Iterator[tuple[date, list[Json], datetime]]:
        """Every one of the days with its rows, sorted by ad, and the moment they describe."""
        is_small = len(days) <= settings.DIRECT_DAYS
        spans = days.spans(settings.DAYS_PER_REQUEST if is_small else settings.DAYS_PER_RUN)
        read = self._directly if is_small else self._by_run
        # No further ahead than what is under way: a window of a big account is many megabytes.
        for found in self.client.crew.in_order(
            lambda span: read(span, TimeLeft()), spans, lead=self.client.crew.size
        ):
            by_day = self._by_day(found)
            for day in found.days:
                rows = by_day[day]
                yield day, [rows[ad] for ad in sorted(rows)], found.at

    def _directly(self, days: Days, left: TimeLeft) -> Found:
        """The answer to a question for these days; for parts of them where it is too much."""
        is_one_day = len(days) == 1
        try:
            return self._pages(days, least=settings.LEAST_PER_PAGE if is_one_day else settings.ROWS_PER_PAGE)
        except TooMuch as error:
            log.info("%s: %s", error.account, error.cause)
        if is_one_day:
            return self._by_run(days, left)
        return Found.joined(*(self._directly(half, left) for half in days.halves()))

    def _pages(self, days: Days, *, least: int) -> Found:
        path = f"{self.client.node}/insights"
        return Found(days, *self.client.rows(path, _params(days), size=settings.ROWS_PER_PAGE, least=least))

    def _by_run(self, days: Days, left: TimeLeft) -> Found:
        """A report of these days; reports of parts of them where it cannot be made."""
        try:
            return Found(days, *self.runs.rows(_params(days), left))
        except (RunFailed, TooMuch):
            if len(days) == 1 or left.seconds <= 0:
                raise
        return Found.joined(*(self._by_run(half, left) for half in days.halves()))

    def _by_day(self, found: Found) -> dict[date, dict[str, Json]]:
        """The rows by day and ad; an ad that moved from one page to the next is there once."""
        days: dict[date, dict[str, Json]] = {day: {} for day in found.days}
        for row in found.rows:
            day = date.fromisoformat(row["date_start"])
            if row["date_stop"] != row["date_start"] or day not in days:
                span = f"{row['date_start']} to {row['date_stop']}"
                raise self.client.refusals.malformed(f"a row of {span} is in the insights of other days")
            days[day][str(row["ad_id"])] = _ordered(row)
        return days


def _ordered(row: Json) -> Json:
    """A row whose lists of actions are in the order of their names: the vendor's own order says nothing."""
    for name, value in row.items():
        if isinstance(value, list):
            row[name] = sorted(value, key=lambda one: str(one["action_type"]))
    return row


def _params(days: Days) -> dict[str, str]:
    """One row per ad and day, and the one way in which conversions are attributed."""
    return {
        "level": "ad",
        "time_increment": "1",
        "time_range": _text({"since": days.first.isoformat(), "until": days.last.isoformat()}),
        "fields": ",".join(settings.INSIGHT_FIELDS),
        "action_attribution_windows": _text(settings.ATTRIBUTION_WINDOWS),
        "action_breakdowns": _text(["action_type"]),
    }


def _text(value: object) -> str:
    return orjson.dumps(value).decode()
