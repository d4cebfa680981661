"""Shopify's own sales report, one document per store-local day: what the ledger is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from loaders.common.days import Days
from loaders.common.errors import MalformedAnswer, QueryRejected
from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.shopify import queries, settings
from loaders.shopify.client import Client, Shop
from loaders.shopify.documents import moment

Json = dict[str, Any]


@dataclass
class Table:
    """Answers of ShopifyQL, row by row."""

    client: Client

    def rows(self, text: str) -> tuple[list[Json], datetime]:
        """The rows by column name, and the moment they describe.

        Raises QueryRejected where the vendor cannot read the query, MalformedAnswer for an answer that is
        no table.
        """
        answer = self.client.ask(queries.SALES_REPORT, {"query": text})
        report = answer.data.get("shopifyqlQuery") or {}
        if report.get("parseErrors"):
            raise QueryRejected(
                self.client.label,
                f"the vendor refuses the sales report: {'; '.join(map(str, report['parseErrors']))}",
                "This is a defect of Countinghouse, or of its pinned API version: please report it.",
            )
        table = report.get("tableData")
        if not isinstance(table, dict) or not isinstance(table.get("rows"), list):
            raise self.malformed("the sales report has no rows")
        names = [str(column["name"]) for column in table["columns"]]
        return [self._named(names, row) for row in table["rows"]], answer.at

    def malformed(self, what: str) -> MalformedAnswer:
        """The error of an answer that is not what was asked for."""
        return MalformedAnswer(
            self.client.label, f"{what}; nothing of it was landed.", "Load again; report it if it stays."
        )

    def _named(self, names: list[str], row: Any) -> Json:
        """The vendor sends a row as an object or as a list; its documentation does not say which."""
        if isinstance(row, dict):
            return row
        if isinstance(row, list) and len(row) == len(names):
            return dict(zip(names, row, strict=True))
        raise self.malformed("a row of the sales report does not fit its columns")


def measures(row: Json) -> Json:
    """The measures of a row, as the vendor sends them."""
    return {name: row[name] for name in settings.REPORT_MEASURES if name in row}


@dataclass
class SalesReports:
    """The sales report of one shop."""

    client: Client
    shop: Shop

    def __post_init__(self) -> None:
        self.table = Table(self.client)

    def first_day(self) -> date | None:
        """The store-local day of the first order that is visible."""
        found = self.client.ask(queries.FIRST_ORDER).data["orders"]["nodes"]
        placed = moment(found[0].get("processedAt")) if found else None
        return self.local_day(placed) if placed else None

    def local_day(self, at: datetime) -> date:
        """The store's own day at a moment."""
        return at.astimezone(ZoneInfo(str(self.shop.document["ianaTimezone"]))).date()

    def days(self, days: Days) -> Iterator[Document]:
        """A document for each of the days."""
        for span in days.spans(settings.REPORT_DAYS_PER_QUERY):
            yield from self._read(span)

    def _read(self, days: Days) -> Iterator[Document]:
        shown = ", ".join(settings.REPORT_MEASURES)
        rows, at = self.table.rows(
            f"FROM sales SHOW {shown} TIMESERIES day SINCE {days.first} UNTIL {days.last} ORDER BY day"
        )
        for row in rows:
            yield self._document(row, at)

    def _document(self, row: Json, at: datetime) -> Document:
        try:
            day = date.fromisoformat(str(row.get("day"))[:10])
        except ValueError:
            raise self.table.malformed(f"a row of the sales report has no day ({row.get('day')!r})") from None
        body = {
            "day": day.isoformat(),
            "currencyCode": self.shop.document["currencyCode"],
            "measures": measures(row),
        }
        return Document(day.isoformat(), canonical(body), None, at)
