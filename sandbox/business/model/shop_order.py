"""An order as a web shop keeps it: lines and totals that are changed in place, no agreements.

All amounts are Decimal in the order's currency with two places and without tax, their tax beside them;
the taxes of single rates have six places, as they were before anybody rounded. Ids of lines, shipping, fees,
coupons, taxes and the lines of refunds come from one sequence per shop. Times are aware UTC datetimes of
whole seconds. Whatever is unknown about a person is "", never null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

NOTHING = Decimal("0.00")
Json = str | int | float | bool | None | Sequence[Any] | Mapping[str, Any]


@dataclass(slots=True, frozen=True)
class Meta:
    """What a plugin noted. `value` is any JSON; a key may come twice, an id never."""

    id: int
    key: str
    value: Json


@dataclass(slots=True, frozen=True)
class Contact:
    """Who pays, or where goods go."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


NOBODY = Contact()


@dataclass(slots=True, frozen=True)
class ShopItem:
    """What a line sold, as it was named then. `product_id` 0 is something that is in no catalogue.

    `variation_id` is 0 for simple products. `attributes` are name and option, such as ("Größe", "M").
    """

    product_id: int
    variation_id: int
    name: str
    sku: str = ""
    tax_class: str = ""  # "" is the standard rate
    parent_name: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, frozen=True)
class RateShare:
    """What one tax rate takes of a line, not rounded to the cent; `subtotal` is null where there is none."""

    rate_id: int
    total: Decimal
    subtotal: Decimal | None = None


@dataclass(slots=True, frozen=True)
class ShopLine:
    """`subtotal` before coupons, `total` after; `price` is total / quantity before any rounding.

    In a refund everything is negative (or zero), and `refunded_item_id` names the order's own line.
    """

    id: int
    item: ShopItem
    quantity: int
    subtotal: Decimal
    subtotal_tax: Decimal
    total: Decimal
    total_tax: Decimal
    price: Decimal
    taxes: tuple[RateShare, ...] = ()
    meta: tuple[Meta, ...] = ()
    refunded_item_id: int | None = None


@dataclass(slots=True, frozen=True)
class ShopShipping:
    """How the goods travel, and for how much; negative in a refund."""

    id: int
    title: str
    method: str  # flat_rate, free_shipping, local_pickup
    instance_id: str
    total: Decimal
    total_tax: Decimal
    taxes: tuple[RateShare, ...] = ()
    meta: tuple[Meta, ...] = ()
    refunded_item_id: int | None = None


@dataclass(slots=True, frozen=True)
class ShopFee:
    """A surcharge, or, below zero, what a discount plugin takes off; the other way round in a refund."""

    id: int
    name: str
    tax_class: str
    tax_status: str  # taxable, none
    total: Decimal
    total_tax: Decimal
    taxes: tuple[RateShare, ...] = ()
    meta: tuple[Meta, ...] = ()
    refunded_item_id: int | None = None


@dataclass(slots=True, frozen=True)
class ShopCouponLine:
    """What one coupon took off; its worth is inside the lines already."""

    id: int
    code: str
    discount: Decimal
    discount_tax: Decimal
    kind: str  # percent, fixed_cart, fixed_product
    nominal: Decimal
    free_shipping: bool = False


@dataclass(slots=True, frozen=True)
class ShopTaxLine:
    """What one tax rate took of the whole order."""

    id: int
    rate_id: int
    rate_code: str
    label: str
    rate_percent: Decimal
    tax_total: Decimal
    shipping_tax_total: Decimal
    compound: bool = False


@dataclass(slots=True, frozen=True)
class ShopRefund:
    """Money given back: `amount` is positive, lines are negative, and an amount-only refund has none."""

    id: int
    order_id: int
    created_at: datetime
    amount: Decimal
    reason: str
    refunded_by: int  # the user; 0 where nobody was
    refunded_payment: bool  # through the gateway, else by hand
    lines: tuple[ShopLine, ...] = ()
    shipping_lines: tuple[ShopShipping, ...] = ()
    fee_lines: tuple[ShopFee, ...] = ()
    meta: tuple[Meta, ...] = ()

    @property
    def total_tax(self) -> Decimal:
        """The tax of all its parts, zero or below."""
        taxes = [part.total_tax for part in self.lines]
        taxes += [part.total_tax for part in self.shipping_lines]
        taxes += [part.total_tax for part in self.fee_lines]
        return sum(taxes, Decimal(0))

    @property
    def shipping_total(self) -> Decimal:
        """What of it is for delivery, without tax, zero or below."""
        return sum((part.total for part in self.shipping_lines), Decimal(0))


@dataclass(slots=True)
class ShopOrder:
    """One order as it stands. `total` has tax, shipping and fees in it; refunds never reduce it."""

    id: int
    number: str  # a plugin may count otherwise than the ids do
    order_key: str
    status: str
    created_at: datetime
    modified_at: datetime
    currency: str
    prices_include_tax: bool
    customer_id: int = 0  # 0 for guests, and for everybody whose account is gone
    billing: Contact = NOBODY
    shipping: Contact = NOBODY
    paid_at: datetime | None = None
    completed_at: datetime | None = None
    payment_method: str = ""
    payment_title: str = ""
    transaction_id: str = ""
    created_via: str = "checkout"  # checkout, store-api, admin, rest-api, subscription
    version: str = "9.8.5"
    customer_note: str = ""
    customer_ip: str = ""
    user_agent: str = ""
    cart_hash: str = ""
    lines: tuple[ShopLine, ...] = ()
    shipping_lines: tuple[ShopShipping, ...] = ()
    fee_lines: tuple[ShopFee, ...] = ()
    coupon_lines: tuple[ShopCouponLine, ...] = ()
    tax_lines: tuple[ShopTaxLine, ...] = ()
    refunds: list[ShopRefund] = field(default_factory=list)
    discount_total: Decimal = NOTHING
    discount_tax: Decimal = NOTHING
    shipping_total: Decimal = NOTHING
    shipping_tax: Decimal = NOTHING
    cart_tax: Decimal = NOTHING
    total: Decimal = NOTHING
    total_tax: Decimal = NOTHING
    meta: tuple[Meta, ...] = ()
    trashed_from: str | None = None  # the status it had when it was put into the trash
    children: int = 0  # ids given out to parts of it so far

    @property
    def refunded(self) -> Decimal:
        """What all refunds gave back, positive."""
        return sum((one.amount for one in self.refunds), NOTHING)
