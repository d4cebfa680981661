"""What is sold and where it lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.business.model.people import Address


@dataclass(slots=True)
class InventoryLevel:
    """How much of an item is where."""

    id: int
    location_id: int
    available: int
    committed: int
    incoming: int
    reserved: int
    updated_at: datetime
    is_active: bool = True

    @property
    def on_hand(self) -> int:
        """Units that are physically there."""
        return self.available + self.committed + self.reserved


@dataclass(slots=True)
class InventoryItem:
    """The stock side of a variant: its cost and where it lies."""

    id: int
    variant_id: int
    sku: str | None
    tracked: bool
    requires_shipping: bool
    unit_cost: Decimal | None
    created_at: datetime
    updated_at: datetime
    levels: dict[int, InventoryLevel] = field(default_factory=dict)  # by location id


@dataclass(slots=True)
class Variant:
    """One size of a product, priced and stocked on its own."""

    id: int
    product_id: int
    title: str
    option: tuple[str, str]  # name and value, such as ("Size", "M")
    sku: str | None
    barcode: str | None
    price: Decimal
    compare_at_price: Decimal | None
    position: int
    taxable: bool
    created_at: datetime
    updated_at: datetime
    inventory: InventoryItem


@dataclass(slots=True)
class Product:
    """What the catalogue shows now, and what it was called before."""

    id: int
    title: str
    handle: str
    vendor: str
    product_type: str
    status: Literal["active", "archived", "draft"]
    is_gift_card: bool
    tags: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    variants: list[Variant]
    former_titles: tuple[tuple[datetime, str], ...] = ()  # (until when, the title it had)
    tax_class: str = ""  # "" is the standard rate

    @property
    def is_variable(self) -> bool:
        """Whether it comes in several variants; a simple product has one, which nobody chooses."""
        return len(self.variants) > 1


@dataclass(slots=True)
class Location:
    """A place that holds stock or sells."""

    id: int
    name: str
    is_active: bool
    fulfils_online_orders: bool
    address: Address
    created_at: datetime
    updated_at: datetime
