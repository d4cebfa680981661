"""One order as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.business.model.lines import DiscountApplication, OrderLine, ShippingLine
from sandbox.business.model.people import Address
from sandbox.business.model.records import Agreement, Fulfilment, Refund, Return, SaleLineType, Transaction
from sandbox.business.money import round_money


@dataclass(slots=True)
class Order:
    """One order as it stands at the world's clock."""

    id: int
    number: int
    name: str
    created_at: datetime  # when the system learned of it
    processed_at: datetime  # when it was placed; earlier than created_at for imports and offline tills
    updated_at: datetime
    currency: str
    taxes_included: bool
    source: str  # web, pos, draft, import
    customer_id: int | None = None  # null for guests
    email: str | None = None
    locale: str | None = None
    shipping_address: Address | None = None
    presentment_currency: str | None = None  # null: the same as `currency`
    presentment_rate: Decimal = Decimal(1)
    test: bool = False
    confirmed: bool = True
    edited: bool = False
    cancelled_at: datetime | None = None
    cancel_reason: Literal["customer", "declined", "fraud", "inventory", "staff", "other"] | None = None
    closed_at: datetime | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    discount_codes: tuple[str, ...] = ()
    discounts: tuple[DiscountApplication, ...] = ()
    lines: list[OrderLine] = field(default_factory=list)
    shipping_lines: list[ShippingLine] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    fulfilments: list[Fulfilment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    charges: dict[SaleLineType, int] = field(default_factory=dict)  # duties and fees in force, minor units
    children: int = 0  # child ids given out so far
    sales: int = 0  # sale ids given out so far

    def presentment(self, amount: Decimal) -> Decimal:
        """The same amount in the currency the buyer saw."""
        return amount if self.presentment_currency is None else round_money(amount * self.presentment_rate)

    def line(self, line_id: int) -> OrderLine:
        """The line with that id."""
        return next(line for line in self.lines if line.id == line_id)
