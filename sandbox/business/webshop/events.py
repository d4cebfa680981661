"""What happens to an order of a web shop. The order is the sum of its events up to the world's clock.

Amounts are minor units: of lines in the shop's price terms (with tax where its prices include it), of
delivery and surcharges always without tax. Every part of a cart has a slot, which is its identity: a part
that stays when the cart is changed keeps it, and so its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.business.model import Contact, CouponKind, ShopItem, ShopTaxRate
from sandbox.business.model.shop_order import NOBODY, Json

Notes = tuple[tuple[str, Json], ...]  # meta entries: key and value


@dataclass(slots=True, frozen=True)
class CartLine:
    """So many units of an item, and what they cost together before coupons."""

    slot: int
    item: ShopItem
    quantity: int
    amount: int
    meta: Notes = ()


@dataclass(slots=True, frozen=True)
class Delivery:
    """How the goods travel and for how much."""

    slot: int
    title: str
    method: str
    amount: int
    taxed: bool = True


@dataclass(slots=True, frozen=True)
class Surcharge:
    """A fee; below zero it is what a plugin takes off. Taxed ones bear the standard rate."""

    slot: int
    name: str
    amount: int
    taxed: bool = True


@dataclass(slots=True, frozen=True)
class CouponUse:
    """A coupon on the order. `amount` is percent, money per order, or money per unit, by kind."""

    slot: int
    code: str
    kind: CouponKind
    amount: Decimal
    free_shipping: bool = False


@dataclass(slots=True, frozen=True)
class Cart:
    """All that an order sells."""

    lines: tuple[CartLine, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    coupons: tuple[CouponUse, ...] = ()


@dataclass(slots=True, frozen=True)
class ShopHeader:
    """What is known of an order besides what it sells. `rates` are the taxes of its destination."""

    id: int
    number: str
    currency: str
    prices_include_tax: bool
    round_at_subtotal: bool
    rates: tuple[ShopTaxRate, ...] = ()
    customer_id: int = 0
    billing: Contact = NOBODY
    shipping: Contact = NOBODY
    payment_method: str = ""
    payment_title: str = ""
    created_via: str = "checkout"
    note: str = ""
    ip: str = ""
    user_agent: str = ""
    meta: Notes = ()


@dataclass(slots=True, frozen=True)
class Ordered:
    """The order as it came in."""

    at: datetime
    header: ShopHeader
    cart: Cart
    status: str = "pending"


@dataclass(slots=True, frozen=True)
class Rearranged:
    """The order sells something else from now on; it is changed in place and nothing is booked for it."""

    at: datetime
    cart: Cart


@dataclass(slots=True, frozen=True)
class StatusSet:
    """Another status; `paid` where the money came with it."""

    at: datetime
    status: str
    paid: bool = False


@dataclass(slots=True, frozen=True)
class PartBack:
    """What is given back of the part in a slot: units, worth without tax and tax, none below zero.

    Of a fee below zero the amounts are below zero as well.
    """

    slot: int
    quantity: int
    net: int
    tax: int


@dataclass(slots=True, frozen=True)
class MoneyBack:
    """A refund of `amount`, whatever its parts are worth; without parts it is of the amount alone."""

    at: datetime
    amount: int
    lines: tuple[PartBack, ...] = ()
    deliveries: tuple[PartBack, ...] = ()
    surcharges: tuple[PartBack, ...] = ()
    reason: str = ""
    by: int = 1
    through_gateway: bool = True
    status: str | None = None  # the order's from now on, where it changes


@dataclass(slots=True, frozen=True)
class Noted:
    """Somebody or some plugin wrote something down; no money moved."""

    at: datetime
    note: str | None = None
    meta: Notes = ()


@dataclass(slots=True, frozen=True)
class Trashed:
    """Into the trash, from where it can come back."""

    at: datetime


@dataclass(slots=True, frozen=True)
class Restored:
    """Out of the trash, with the status it had."""

    at: datetime


@dataclass(slots=True, frozen=True)
class Emptied:
    """Gone for good, its refunds with it."""

    at: datetime


ShopEvent = Ordered | Rearranged | StatusSet | MoneyBack | Noted | Trashed | Restored | Emptied


@dataclass(slots=True)
class ShopLife:
    """All events an order will ever see, in the order of `at`; `revealed` of them have happened."""

    order_id: int
    events: tuple[ShopEvent, ...]
    revealed: int = 0

    @property
    def ordered(self) -> Ordered:
        """Its first event."""
        first = self.events[0]
        assert isinstance(first, Ordered)
        return first

    @property
    def cart(self) -> Cart:
        """What it sold before the event that was revealed last."""
        changes = [event.cart for event in self.seen[:-1] if isinstance(event, Ordered | Rearranged)]
        return changes[-1]

    @property
    def seen(self) -> tuple[ShopEvent, ...]:
        """The events that have happened."""
        return self.events[: self.revealed]

    @property
    def is_gone(self) -> bool:
        """Whether the order is gone for good."""
        return self.revealed > 0 and isinstance(self.events[self.revealed - 1], Emptied)
