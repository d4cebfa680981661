"""The shapes of the right answers: a row of the ledger, a day of a store."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

NOTHING = Decimal("0.00")


@dataclass(slots=True, frozen=True)
class LedgerRow:
    """One signed sale: net = gross - discount, total = net + tax."""

    order_id: int
    sale_id: int
    event_type: Literal["order", "edit", "return", "refund"]
    line_type: Literal["product", "gift_card", "shipping", "duty", "fee", "tip", "adjustment"]
    happened_at: datetime
    booked_date: date
    order_date: date
    quantity: int | None
    gross_amount: Decimal
    discount_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    total_amount: Decimal
    product_id: int | None
    customer_id: int | None
    counts_as_sale: bool = True

    @property
    def is_reversal(self) -> bool:
        """Whether a row of goods takes back rather than sells."""
        if self.line_type == "adjustment":
            return True
        if self.quantity is not None and self.quantity != 0:
            return self.quantity < 0
        return self.event_type in ("return", "refund")

    def as_dict(self) -> dict[str, object]:
        """For JSON: amounts as strings, moments in UTC, days as ISO dates."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


@dataclass(slots=True)
class DailyRow:
    """One store-day; every field as the definitions of the metrics say."""

    date: date
    currency_code: str
    orders: int = 0
    gross_sales: Decimal = NOTHING
    discounts: Decimal = NOTHING
    sales_reversals: Decimal = NOTHING
    net_sales: Decimal = NOTHING
    shipping: Decimal = NOTHING
    taxes: Decimal = NOTHING
    duties: Decimal = NOTHING
    fees: Decimal = NOTHING
    total_sales: Decimal = NOTHING
    gift_cards_sold: Decimal = NOTHING
    tips: Decimal = NOTHING
    units: int = 0
    units_returned: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON: amounts as strings, the day as ISO date."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    def add(self, row: LedgerRow) -> None:
        """Take a row of the ledger into the day."""
        self.taxes += row.tax_amount
        match row.line_type:
            case "product" | "adjustment":
                self.net_sales += row.net_amount
                if row.is_reversal:
                    self.sales_reversals += row.net_amount
                else:
                    self.gross_sales += row.gross_amount
                    self.discounts += row.discount_amount
                self.units += max(0, row.quantity or 0)
                self.units_returned += min(0, row.quantity or 0)
            case "shipping":
                self.shipping += row.net_amount
            case "duty":
                self.duties += row.net_amount
            case "fee":
                self.fees += row.net_amount
            case "gift_card":
                self.gift_cards_sold += row.net_amount
            case "tip":
                self.tips += row.net_amount
        self.total_sales = self.net_sales + self.shipping + self.taxes + self.duties + self.fees


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value
