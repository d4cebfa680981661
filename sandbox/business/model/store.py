"""One shop and everything in it."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sandbox.business.model.goods import InventoryItem, Location, Product
from sandbox.business.model.order import Order
from sandbox.business.model.people import AbandonedCheckout, Customer, Discount, GiftCard

if TYPE_CHECKING:
    from sandbox.business.events import Life

DeletionKind = Literal["order", "product", "customer"]


@dataclass(slots=True, frozen=True)
class Deletion:
    """Something is gone since that moment."""

    kind: DeletionKind
    id: int
    at: datetime


@dataclass(slots=True)
class Store:
    """One shop: its settings and everything that exists in it at the world's clock, by id."""

    name: str  # the account: harbour
    platform: str
    title: str
    domain: str
    email: str
    currency: str
    timezone: str  # IANA
    country_code: str
    taxes_included: bool
    created_at: datetime
    updated_at: datetime
    locations: dict[int, Location] = field(default_factory=dict)
    products: dict[int, Product] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    discounts: dict[int, Discount] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    checkouts: dict[int, AbandonedCheckout] = field(default_factory=dict)
    gift_cards: dict[int, GiftCard] = field(default_factory=dict)
    deletions: list[Deletion] = field(default_factory=list)
    stock: dict[int, InventoryItem] = field(default_factory=dict)  # by variant id; the variants' own objects
    lives: dict[int, Life] = field(default_factory=dict)  # order id -> its events, the source of the truth

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.timezone)

    def note_deletion(self, kind: DeletionKind, native_id: int, at: datetime) -> None:
        """Remember that something is gone, in the order of time."""
        insort(self.deletions, Deletion(kind, native_id, at), key=lambda one: (one.at, one.kind, one.id))
