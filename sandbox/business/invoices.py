"""Real invoices from a parquet file, line by line: the input of a replay.

The file has one row per line with Invoice, StockCode, Description, Quantity, InvoiceDate (local wall clock,
as text or timestamp), Price, Customer ID and Country. Prices are read as the decimal that was written, not
as the binary fraction that stands for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = (
    "Invoice",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "Price",
    "Customer ID",
    "Country",
)


class NotInvoices(ValueError):
    """The file is not one of invoice lines."""


@dataclass(slots=True, frozen=True)
class InvoiceLine:
    """One row of the file."""

    invoice: str
    code: str
    description: str | None
    quantity: int
    at: datetime
    price: Decimal
    customer_id: int | None
    country: str | None


def read_invoices(path: Path, zone: ZoneInfo) -> Iterator[InvoiceLine]:
    """All lines in the order of the file, times turned from the zone's wall clock to UTC."""
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as problem:
        raise NotInvoices(f"{path}: cannot be read as parquet ({problem})") from problem
    missing = [name for name in COLUMNS if name not in table.column_names]
    if missing:
        raise NotInvoices(f"{path}: without the columns {', '.join(missing)} these are no invoice lines")
    wall = _WallClock(zone)
    prices: dict[float, Decimal] = {}
    columns = [table.column(name).to_pylist() for name in COLUMNS]
    for row, values in enumerate(zip(*columns, strict=True)):
        invoice, code, description, quantity, moment, price, customer, country = values
        if invoice is None or code is None or quantity is None or moment is None or price is None:
            raise NotInvoices(f"{path}: row {row} lacks its invoice, stock code, quantity, date or price")
        if price not in prices:
            prices[price] = Decimal(str(price))
        yield InvoiceLine(
            str(invoice),
            str(code),
            description,
            int(quantity),
            wall.utc(moment),
            prices[price],
            _number(customer),
            country,
        )


def _number(customer: float | str | None) -> int | None:
    """Customers are numbered; the column holds floats because guests have none."""
    return None if customer is None or math.isnan(float(customer)) else int(float(customer))


class _WallClock:
    """Wall clock to UTC: of an hour that comes twice the first, of one that is skipped the one after."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[str | datetime, datetime] = {}

    def utc(self, moment: str | datetime) -> datetime:
        known = self._known.get(moment)
        if known is None:
            wall = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
            known = wall.replace(microsecond=0, tzinfo=self._zone).astimezone(UTC)
            self._known[moment] = known
        return known
