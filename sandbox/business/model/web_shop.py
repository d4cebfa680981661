"""A web shop that keeps totals rather than agreements, and what it knows besides orders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from sandbox.business.model.shop_order import Contact, Meta, ShopOrder
from sandbox.business.model.store import Store

if TYPE_CHECKING:
    from sandbox.business.webshop.events import ShopLife

CouponKind = Literal["percent", "fixed_cart", "fixed_product"]


@dataclass(slots=True)
class ShopCustomer:
    """An account. `person_id` says who it is across stores; `role` is customer, subscriber, shop_manager."""

    id: int
    person_id: int | None
    username: str
    email: str
    first_name: str
    last_name: str
    role: str
    billing: Contact
    shipping: Contact
    created_at: datetime
    modified_at: datetime
    is_paying_customer: bool = False
    meta: tuple[Meta, ...] = ()


@dataclass(slots=True)
class Coupon:
    """A coupon. `amount` is percent or money, by kind; `used_by` are account ids or e-mail addresses."""

    id: int
    code: str
    kind: CouponKind
    amount: Decimal
    description: str
    created_at: datetime
    modified_at: datetime
    expires_at: datetime | None = None
    free_shipping: bool = False
    usage_limit: int | None = None
    usage_count: int = 0
    used_by: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class ShopTaxRate:
    """A tax rate; `rate` in millionths, `tax_class` "" for the standard one."""

    id: int
    country: str
    state: str
    rate: int
    name: str
    tax_class: str
    on_shipping: bool
    priority: int = 1
    position: int = 0

    @property
    def percent(self) -> Decimal:
        """The rate in percent."""
        return Decimal(self.rate) / 10_000

    @property
    def code(self) -> str:
        """What the shop calls it in orders, such as DE-MWST-1."""
        parts = (self.country, self.state, self.name.upper().replace(" ", "-"), str(self.priority))
        return "-".join(part for part in parts if part)


@dataclass(slots=True)
class WebShop(Store):
    """Its catalogue is `products` and `stock` as with any store; orders and accounts are its own kinds.

    `orders`, `customers`, `discounts`, `lives` and everything else that belongs to agreements stay empty.
    """

    shop_orders: dict[int, ShopOrder] = field(default_factory=dict)  # trashed and draft ones too
    shop_customers: dict[int, ShopCustomer] = field(default_factory=dict)
    coupons: dict[int, Coupon] = field(default_factory=dict)
    tax_rates: dict[int, ShopTaxRate] = field(default_factory=dict)
    shop_lives: dict[int, ShopLife] = field(default_factory=dict)
    round_at_subtotal: bool = True
    refund_moves_order: bool = True  # whether a refund changes the order's modified_at; older shops: not

    def refers_to(self, product_id: int, variation_id: int) -> tuple[int, int]:
        """The ids a line shows now: zeros once the product is gone from the catalogue."""
        return (product_id, variation_id) if product_id in self.products else (0, 0)
