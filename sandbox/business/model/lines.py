"""What an order consists of: lines, shipping, discounts and taxes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(slots=True, frozen=True)
class Item:
    """What a line sold, as it was named and priced at that moment (shared by all lines that sold it so).

    A custom item (and a tip) has neither product nor variant. `cost` is the unit cost at the time, if known.
    """

    product_id: int | None
    variant_id: int | None
    title: str
    variant_title: str | None
    sku: str | None
    vendor: str | None
    price: Decimal
    cost: Decimal | None = None
    is_gift_card: bool = False
    is_tip: bool = False
    taxable: bool = True
    requires_shipping: bool = True


@dataclass(slots=True, frozen=True)
class TaxLine:
    """One tax on a line; `price` covers every unit ever on the line, returned and removed ones too."""

    title: str
    rate: Decimal
    price: Decimal


@dataclass(slots=True, frozen=True)
class DiscountApplication:
    """One discount of an order; its shares are the allocations of the lines that name its index."""

    index: int
    kind: Literal["code", "automatic", "manual"]
    title: str  # the code itself where kind is "code"
    value_kind: Literal["percentage", "fixed_amount"]
    value: Decimal
    target: Literal["line_item", "shipping_line"]
    selection: Literal["all", "entitled", "explicit"]
    method: Literal["across", "each", "one"]
    description: str | None = None


@dataclass(slots=True, frozen=True)
class DiscountAllocation:
    """The share of a line in one discount, to the penny, in price terms."""

    index: int
    amount: Decimal


@dataclass(slots=True)
class Books:
    """What is booked on a line and not yet reversed, in minor units; discount before and with its tax."""

    quantity: int
    total: int
    tax: int
    discount: int
    discount_with_tax: int


@dataclass(slots=True)
class OrderLine:
    """`quantity` counts every unit ever on it, `current_quantity` those neither removed nor returned."""

    id: int
    item: Item
    quantity: int
    current_quantity: int
    original_total: Decimal  # unit price x quantity
    discounted_total: Decimal  # after line-level discounts without code; order-level and codes not taken off
    allocations: tuple[DiscountAllocation, ...]
    tax_lines: tuple[TaxLine, ...]
    books: Books
    origin: Literal["order", "edit", "exchange"] = "order"


@dataclass(slots=True)
class ShippingLine:
    """How the goods travel, and for how much; at most one of an order is reversed in parts."""

    id: int
    title: str
    code: str
    source: str
    price: Decimal
    discounted_price: Decimal
    allocations: tuple[DiscountAllocation, ...]
    tax_lines: tuple[TaxLine, ...]
    books: Books
    is_removed: bool = False
