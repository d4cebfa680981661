"""What each ad did on each day, in windows of at most thirty days, side by side; deleted ads included."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loaders.common.days import Days
from loaders.common.errors import VendorTrouble
from loaders.tiktok_ads import settings
from loaders.tiktok_ads.client import Client

log = logging.getLogger(__name__)
Json = dict[str, Any]
REPORT = "report/integrated/get/"


@dataclass(frozen=True)
class Found:
    """The rows of a window by day and ad, and the moment they describe."""

    rows: dict[date, dict[str, Json]]
    at: datetime


@dataclass
class Reports:
    """The daily figures of one advertiser's ads."""

    client: Client

    def days(self, days: Days) -> Iterator[tuple[date, list[Json], datetime]]:
        """Every one of the days with its rows, sorted by ad, and the moment they describe."""
        spans = days.spans(settings.DAYS_PER_REQUEST)
        # No further ahead than what is under way: a window of a big advertiser is many megabytes.
        for found in self.client.crew.in_order(self._whole, spans, lead=self.client.crew.size):
            for day, rows in found.rows.items():
                yield day, [rows[ad] for ad in sorted(rows)], found.at

    def _whole(self, days: Days) -> Found:
        """A window with all of its rows; read again where they changed from page to page."""
        for _ in range(settings.READS_OF_A_WINDOW):
            found, total = self._read(days)
            have = sum(map(len, found.rows.values()))
            if have == total:
                return found
            log.info("%s: %d of %d rows in a report; once more", self.client.account.label, have, total)
        raise VendorTrouble(
            self.client.account.label,
            f"the report of {days.first} to {days.last} keeps changing while it is read.",
            "Load it again later.",
        )

    def _read(self, days: Days) -> tuple[Found, int]:
        """The rows that were there, and how many the vendor says there are at most."""
        rows: dict[date, dict[str, Json]] = {day: {} for day in days}
        totals, moments = [], []
        for page, total, at in self.client.pages(REPORT, self._asked(days)):
            totals.append(total)
            moments.append(at)
            for row in page:
                day = date.fromisoformat(row["dimensions"]["stat_time_day"][:10])
                if day not in rows:
                    raise self.client.refusals.malformed(f"a row of {day} is in the report of other days")
                rows[day][str(row["dimensions"]["ad_id"])] = row
        return Found(rows, min(moments)), max(totals)

    def _asked(self, days: Days) -> dict[str, Any]:
        return {
            "advertiser_id": self.client.advertiser_id,
            "service_type": "AUCTION",
            "report_type": "BASIC",
            "data_level": settings.LEVEL,
            "dimensions": settings.DIMENSIONS,
            "metrics": settings.METRICS,
            "filtering": settings.DELETED_TOO,
            "start_date": days.first.isoformat(),
            "end_date": days.last.isoformat(),
        }
