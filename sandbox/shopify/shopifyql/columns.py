"""The columns of the `sales` table: what they measure, by the vendor's own rules and signs."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.business.ledger import DailyRow

RENAMED_IN = "2026-07"


@dataclass(frozen=True)
class Column:
    """A measure or dimension: its data type and name on a report, and for a measure how it is read."""

    data_type: str
    title: str
    read: Callable[[DailyRow], Any] = lambda _: None


def _money(read: Callable[[DailyRow], Decimal]) -> Callable[[DailyRow], str]:
    return lambda row: f"{read(row) + Decimal(0):.2f}"


def _average(row: DailyRow) -> str | None:
    return f"{(row.gross_sales - row.discounts) / row.orders:.2f}" if row.orders else None


REVERSALS = _money(lambda row: row.sales_reversals)

# Discounts and reversals are negative here, tips and gift cards sold are in none of them.
MEASURES = {
    "orders": Column("INTEGER", "Orders", lambda row: str(row.orders)),
    "gross_sales": Column("MONEY", "Gross sales", _money(lambda row: row.gross_sales)),
    "discounts": Column("MONEY", "Discounts", _money(lambda row: -row.discounts)),
    "sales_reversals": Column("MONEY", "Sales reversals", REVERSALS),
    "net_sales": Column("MONEY", "Net sales", _money(lambda row: row.net_sales)),
    "shipping_charges": Column("MONEY", "Shipping charges", _money(lambda row: row.shipping)),
    "taxes": Column("MONEY", "Taxes", _money(lambda row: row.taxes)),
    "duties": Column("MONEY", "Duties", _money(lambda row: row.duties)),
    "additional_fees": Column("MONEY", "Additional fees", _money(lambda row: row.fees)),
    "total_sales": Column("MONEY", "Total sales", _money(lambda row: row.total_sales)),
    "average_order_value": Column("MONEY", "Average order value", _average),
    "net_items_sold": Column("INTEGER", "Net items sold", lambda row: str(row.units + row.units_returned)),
}
DIMENSIONS = {
    "order_id": Column("IDENTITY", "Order ID"),
    "order_name": Column("STRING", "Order name"),
    "product_id": Column("IDENTITY", "Product ID"),
}
GRAIN_TYPES = {grain: f"{grain.upper()}_TIMESTAMP" for grain in ("day", "week", "month", "quarter", "year")}


def measures(version: str) -> dict[str, Column]:
    """The measures of an API version: `returns` became `sales_reversals`."""
    if version < RENAMED_IN:
        return {**MEASURES, "returns": Column("MONEY", "Returns", REVERSALS)}
    return MEASURES
