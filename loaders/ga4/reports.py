"""The reports that are asked for, and how several pages of one become the report of one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from loaders.common.google import Json
from loaders.common.texts import canonical
from loaders.ga4 import settings

ORDER = "ALPHANUMERIC"
SESSION_SOURCE = ("sessionDefaultChannelGroup", "sessionSource", "sessionMedium", "sessionCampaignName")


@dataclass(frozen=True)
class Report:
    """What one resource asks for, of every day alike."""

    resource: str
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]

    def request(self, day: date, *, offset: int = 0) -> Json:
        """One page of one day, as the vendor takes it; in an order of its own, so that pages fit together."""
        return {
            "dateRanges": [{"startDate": day.isoformat(), "endDate": day.isoformat()}],
            "dimensions": [{"name": name} for name in self.dimensions],
            "metrics": [{"name": name} for name in self.metrics],
            "orderBys": [
                {"dimension": {"dimensionName": name, "orderType": ORDER}} for name in self.dimensions
            ],
            "limit": str(settings.ROWS_PER_PAGE),
            "offset": str(offset),
            "returnPropertyQuota": True,
        }


# One day per report: rows that are folded into "(other)" lose their date, and belong to it all the same.
SESSIONS = Report(
    "session_reports",
    ("date", *SESSION_SOURCE, "landingPage", "deviceCategory", "country"),
    (
        *("sessions", "engagedSessions", "totalUsers", "newUsers", "itemViewEvents"),
        *("addToCarts", "checkouts", "ecommercePurchases", "purchaseRevenue"),
    ),
)
PURCHASES = Report(
    "purchase_reports",
    ("date", "transactionId", *SESSION_SOURCE, "deviceCategory", "country"),
    ("ecommercePurchases", "purchaseRevenue", "taxAmount", "shippingAmount", "refundAmount"),
)
REPORTS = (SESSIONS, PURCHASES)
# The currency and the time zone of a property are told by no other answer than that of a report.
PROBE: Json = {
    "dateRanges": [{"startDate": "today", "endDate": "today"}],
    "metrics": [{"name": "sessions"}],
    "returnPropertyQuota": True,
}


@dataclass
class Reading:
    """One day of one report while its pages come in."""

    day: date
    pages: list[Json] = field(default_factory=list)
    at: datetime | None = None
    attempts: int = 1

    @property
    def rows(self) -> int:
        """Rows read so far."""
        return sum(len(page.get("rows") or []) for page in self.pages)

    @property
    def is_whole(self) -> bool:
        """Whether the last page was the last one."""
        return bool(self.pages) and self.rows >= self._count(self.pages[-1])

    def take(self, page: Json, at: datetime) -> bool:
        """Add a page; False where it does not continue those before it, and reading has to begin anew."""
        moved = bool(self.pages) and self._count(page) != self._count(self.pages[0])
        ended = not page.get("rows") and self._count(page) > self.rows
        self.pages.append(page)
        if moved or ended or (self.is_whole and self._repeats()):
            self.pages, self.at, self.attempts = [], None, self.attempts + 1
            return False
        self.at = min(at, self.at) if self.at else at
        return True

    def joined(self) -> Json:
        """The report with all its rows; what any page's metadata says of them is said of all of them."""
        metadata: Json = {}
        for page in reversed(self.pages):
            metadata |= page.get("metadata") or {}
        report = {**self.pages[0], "propertyQuota": self.pages[-1].get("propertyQuota")}
        if metadata:
            report["metadata"] = metadata
        rows = [row for page in self.pages for row in page.get("rows") or []]
        if rows:
            report["rows"] = sorted(rows, key=canonical)
        return {key: value for key, value in report.items() if value is not None}

    def _repeats(self) -> bool:
        """Whether a row is on two pages: one came before it meanwhile, and pushed it on."""
        if len(self.pages) < 2:
            return False
        rows = [row["dimensionValues"] for page in self.pages for row in page.get("rows") or []]
        return len({tuple(str(one.get("value")) for one in row) for row in rows}) < len(rows)

    @staticmethod
    def _count(page: dict[str, Any]) -> int:
        """The rows of the whole report; the key is absent where there are none."""
        return int(page.get("rowCount") or 0)
