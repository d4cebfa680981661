"""A day of the sales report, order by order: asked for when a day's figures are not ours.

A document holds the orders placed on the day and those that booked something on it, with what the report
counts of each. Where ShopifyQL does not answer by order, they come without measures, and those that booked
something are found among the orders that changed since.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from loaders.common.days import Days
from loaders.common.errors import MissingScope, QueryRejected
from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.shopify import queries, settings
from loaders.shopify.client import Client, Shop
from loaders.shopify.documents import moment
from loaders.shopify.reading import Reader
from loaders.shopify.reports import Table, measures
from loaders.shopify.selections import BOOKED_ORDER

Json = dict[str, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Span:
    """One store-local day: its first moment, and the first of the next."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> Span:
        """The day in its zone; 23 or 25 hours long where the clocks change."""
        first, last = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
        return cls(first.astimezone(UTC), last.astimezone(UTC))

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment is on this day."""
        return at is not None and self.start <= at < self.end


@dataclass
class OrderReports:
    """The sales report of one shop by order."""

    client: Client
    shop: Shop

    def __post_init__(self) -> None:
        self.reader = Reader(self.client)
        self.zone = ZoneInfo(str(self.shop.document["ianaTimezone"]))

    def days(self, days: Days) -> Iterator[Document]:
        """A document for each of the days."""
        return map(self._document, days)

    def _document(self, day: date) -> Document:
        span = Span.of(day, self.zone)
        reported = self._reported(day)
        orders = {node["id"]: node for node in self._placed(span)}
        if reported is None:
            orders |= {node["id"]: node for node in self._booked_since(span)}
        else:
            orders |= self._named([one for one in reported if one not in orders])
            for identity, found in reported.items():
                # one that is counted and cannot be read any more was deleted
                orders.setdefault(identity, {"id": identity, "isGone": True}).update(found)
        body = {
            "day": day.isoformat(),
            "currencyCode": self.shop.document["currencyCode"],
            "hasMeasures": reported is not None,
            "orders": [orders[identity] for identity in sorted(orders)],
        }
        return Document(day.isoformat(), canonical(body), None, self.shop.at)

    def _reported(self, day: date) -> dict[str, Json] | None:
        """What the report counts of each order; None where it does not answer by order."""
        if settings.REPORT_SCOPE not in self.shop.scopes:
            return None
        shown = ", ".join(settings.REPORT_MEASURES)
        text = (
            f"FROM sales SHOW {shown} GROUP BY order_id, order_name SINCE {day} UNTIL {day} ORDER BY order_id"
        )
        size, start, found = settings.REPORT_ORDERS_PER_QUERY, 0, dict[str, Json]()
        while True:
            try:
                rows, _ = Table(self.client).rows(f"{text} LIMIT {size} OFFSET {start}")
            except (QueryRejected, MissingScope) as error:
                log.warning("%s; the day's orders are read without what the report counts of them", error)
                return None
            for row in rows:
                if row.get("order_id"):  # sales without an order are nobody's: they show as unexplained
                    identity = _order_gid(str(row["order_id"]))
                    found[identity] = {"name": row.get("order_name"), "measures": measures(row)}
            if len(rows) < size:
                return found
            start += size

    def _placed(self, span: Span) -> Iterator[Json]:
        last = span.end - timedelta(seconds=1)
        return self._found(queries.window(span.start, last, field="processed_at"), sort="PROCESSED_AT")

    def _booked_since(self, span: Span) -> Iterator[Json]:
        """Older orders that booked something on the day; each of them has changed since it began."""
        for node in self._found(queries.window(span.start, None), sort="UPDATED_AT"):
            if any(span.holds(moment(one.get("happenedAt"))) for one in node["agreements"]):
                yield node

    def _found(self, search: str | None, *, sort: str) -> Iterator[Json]:
        pages = self.reader.pages(BOOKED_ORDER, size=settings.ORDERS_PER_PAGE, sort=sort, search=search)
        return (node for node, _ in pages)

    def _named(self, identities: list[str]) -> dict[str, Json]:
        return {node["id"]: node for node, _ in self.reader.by_id(BOOKED_ORDER, identities)}


def _order_gid(identity: str) -> str:
    return identity if identity.startswith("gid://") else f"gid://shopify/Order/{identity}"
