"""The shop's own figures: revenue by day, and the rows behind a day, from WooCommerce Analytics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.common.days import Days
from loaders.common.errors import VendorTrouble
from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.woocommerce import settings
from loaders.woocommerce.client import Answer, Client
from loaders.woocommerce.documents import Json, moment
from loaders.woocommerce.orders import ORDERS
from loaders.woocommerce.site import Site

REVENUE = f"{settings.ANALYTICS}/reports/revenue/stats"
ROWS = f"{settings.ANALYTICS}/reports/orders"


@dataclass
class Reports:
    """The reports of one shop; their days are the site's own."""

    client: Client
    site: Site

    def first_day(self) -> date | None:
        """The day of the oldest order; None for a shop without orders."""
        asked = {"orderby": "date", "order": "asc", "per_page": 1, "_fields": "date_created_gmt"}
        rows = self.client.rows(ORDERS, asked).body
        placed = moment(rows[0].get("date_created_gmt")) if rows else None
        return self.site.local_day(placed) if placed else None

    def revenue(self, days: Days) -> Iterator[Document]:
        """A document for each of the days."""
        spans = days.spans(settings.REPORT_DAYS_PER_REQUEST)
        for answer in self.client.crew.in_order(self._revenue, spans):
            for interval in answer.body["intervals"]:
                yield self._day(interval, answer)

    def orders(self, days: Days) -> Iterator[Document]:
        """For each day the rows of its orders and refunds, as the report counts them."""
        yield from self.client.crew.in_order(self._orders, days)

    def _revenue(self, span: Days) -> Answer:
        asked = {**_between(span.first, span.last), "interval": "day", "per_page": settings.PER_PAGE}
        answer = self.client.get(REVENUE, asked)
        body = answer.body
        if not isinstance(body, dict) or not isinstance(body.get("intervals"), list):
            raise self.client.refusals.odd(REVENUE, "has no intervals")
        days = {str(one.get("interval")) for one in body["intervals"]}
        if len(days) != len(span) or len(body["intervals"]) != len(span):
            raise self.client.refusals.odd(REVENUE, f"has {len(days)} days instead of {len(span)}")
        return answer

    def _day(self, interval: Json, answer: Answer) -> Document:
        day = date.fromisoformat(str(interval["interval"])).isoformat()
        return Document(day, canonical({"day": day, "interval": interval}), None, answer.at)

    def _orders(self, day: date) -> Document:
        """One day's rows; read again where the shop's total says that they moved between pages."""
        for _ in range(settings.READS_OF_ONE_ORDER):
            rows, total, at = self._pages(day)
            if total is None or total == len(rows):
                body = {"day": day.isoformat(), "rows": rows}
                return Document(day.isoformat(), canonical(body), None, at)
        raise VendorTrouble(
            self.client.label,
            f"the report of {day} keeps changing while it is read.",
            "Load it again later.",
        )

    def _pages(self, day: date) -> tuple[list[Json], int | None, Any]:
        rows: dict[Any, Json] = {}
        page = 1
        while True:
            asked = {**_between(day, day), "per_page": settings.PER_PAGE, "page": page}
            answer = self.client.rows(ROWS, asked)
            rows |= {one["order_id"]: one for one in answer.body}
            if len(answer.body) < settings.PER_PAGE:
                return [rows[key] for key in sorted(rows)], answer.total, answer.at
            page += 1


def _between(first: date, last: date) -> dict[str, object]:
    """Whole days of the site, as analytics takes them: site-local times, both ends included."""
    days = {"after": f"{first}T00:00:00", "before": f"{last}T23:59:59"}
    return {**days, "orderby": "date", "order": "asc"}
