"""What happens to an order. An order is nothing but the sum of its events up to the world's clock.

Every event says when the system learned of it (`at`). Lines are named by their position in the order (in
the order in which they were added), amounts are minor units of the store's currency in price terms: with
tax where the store's prices include it. Events are facts, so they carry what was agreed and paid, not what
follows from it; `booking.py` and `settling.py` turn them into state, `truth.py` into the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.business.model import Address, Item, TransactionKind, TransactionStatus

CancelReason = Literal["customer", "declined", "fraud", "inventory", "staff", "other"]
AdjustmentReason = Literal[
    "refund_discrepancy", "restock", "damage", "customer", "full_return_balancing_adjustment"
]
Restock = Literal["return", "cancel", "no_restock"]


@dataclass(slots=True, frozen=True)
class LineSpec:
    """So many units of an item at its price."""

    item: Item
    quantity: int


@dataclass(slots=True, frozen=True)
class DiscountSpec:
    """A discount as agreed. `value` is percent (25 for a quarter) or an amount of money.

    With `lines` it is a discount on each of these lines by itself, a fixed amount per unit; without, it
    is spread over all lines but gift cards and tips, after the discounts on lines.
    """

    kind: Literal["code", "automatic", "manual"]
    title: str
    value_kind: Literal["percentage", "fixed_amount"]
    value: Decimal
    target: Literal["line_item", "shipping_line"] = "line_item"
    lines: tuple[int, ...] | None = None
    description: str | None = None


@dataclass(slots=True, frozen=True)
class ShippingSpec:
    """How the goods travel and for how much."""

    title: str
    code: str
    price: int
    source: str = "shopify"
    taxed: bool = True


@dataclass(slots=True, frozen=True)
class Header:
    """What is known of an order besides what it sells."""

    id: int
    number: int
    name: str
    currency: str
    taxes_included: bool
    source: str = "web"
    customer_id: int | None = None
    email: str | None = None
    locale: str | None = None
    shipping_address: Address | None = None
    presentment_currency: str | None = None
    presentment_rate: Decimal = Decimal(1)
    test: bool = False
    note: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class Placed:
    """The order as agreed at `happened_at`. Tax rates are millionths with the tax's name."""

    at: datetime
    happened_at: datetime
    header: Header
    lines: tuple[LineSpec, ...]
    shipping: ShippingSpec | None = None
    discounts: tuple[DiscountSpec, ...] = ()
    tax_rates: tuple[tuple[str, int], ...] = ()
    duty: int = 0
    additional_fee: int = 0
    books_order: bool = True  # false: the order exists only to carry a return, nothing was placed


@dataclass(slots=True, frozen=True)
class Paid:
    """One movement or attempt on the way in. `parent` is the position of the transaction it follows."""

    at: datetime
    kind: TransactionKind
    gateway: str
    amount: int
    status: TransactionStatus = "success"
    parent: int | None = None
    error_code: str | None = None
    gift_card_id: int | None = None


@dataclass(slots=True, frozen=True)
class Reversal:
    """Units of a line taken back. `amount` overrides the share of what is booked on the line."""

    line: int
    quantity: int
    amount: int | None = None


@dataclass(slots=True, frozen=True)
class Edited:
    """A change of the agreement by the staff: lines added, units removed, discounts given on single lines."""

    at: datetime
    added: tuple[LineSpec, ...] = ()
    removed: tuple[Reversal, ...] = ()
    discounts: tuple[DiscountSpec, ...] = ()


@dataclass(slots=True, frozen=True)
class Returned:
    """A return approved: the sales are reversed now, money moves later. Exchange lines are sold now."""

    at: datetime
    lines: tuple[Reversal, ...]
    exchange: tuple[LineSpec, ...] = ()
    fee: int = 0


@dataclass(slots=True, frozen=True)
class PaidBack:
    """Money on the way back, through the gateway it came by. `parent` is the position of that payment."""

    gateway: str
    amount: int
    parent: int | None = None
    status: TransactionStatus = "success"
    gift_card_id: int | None = None


@dataclass(slots=True, frozen=True)
class Refunded:
    """A refund: lines, shipping and charges it takes back itself, or a return it settles, and the money.

    `adjustments` say by how much the money differs from the worth of what was taken back: negative where
    the buyer got more. With `cancel_reason` it is the cancellation of the order.
    """

    at: datetime
    lines: tuple[Reversal, ...] = ()
    shipping: int = 0  # of the first shipping line, with its tax
    charges: bool = False  # all duties and fees in force
    settles: int | None = None  # position of the return
    adjustments: tuple[tuple[AdjustmentReason, int], ...] = ()
    money: tuple[PaidBack, ...] = ()
    restock: Restock = "return"
    note: str | None = None
    cancel_reason: CancelReason | None = None


@dataclass(slots=True, frozen=True)
class Fulfilled:
    """A parcel left: units by line position."""

    at: datetime
    lines: tuple[tuple[int, int], ...]


@dataclass(slots=True, frozen=True)
class Delivered:
    """The parcel at that position arrived."""

    at: datetime
    fulfilment: int


@dataclass(slots=True, frozen=True)
class Closed:
    """The order is archived: done, and still visible."""

    at: datetime


@dataclass(slots=True, frozen=True)
class Touched:
    """Somebody changed words on the order; no money moved."""

    at: datetime
    tags: tuple[str, ...] | None = None
    note: str | None = None


@dataclass(slots=True, frozen=True)
class Deleted:
    """The order is gone for good."""

    at: datetime


Event = Placed | Paid | Edited | Returned | Refunded | Fulfilled | Delivered | Closed | Touched | Deleted


@dataclass(slots=True)
class Life:
    """All events an order will ever see, in the order of `at`; `revealed` of them have happened."""

    order_id: int
    events: tuple[Event, ...]
    revealed: int = 0

    @property
    def placed(self) -> Placed:
        """Its first event."""
        first = self.events[0]
        assert isinstance(first, Placed)
        return first

    @property
    def seen(self) -> tuple[Event, ...]:
        """The events that have happened."""
        return self.events[: self.revealed]

    @property
    def is_deleted(self) -> bool:
        """Whether the order is gone."""
        return self.revealed > 0 and isinstance(self.events[self.revealed - 1], Deleted)
