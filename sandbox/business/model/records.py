"""What is recorded on an order as it lives: payments, parcels, returns, refunds, agreements and sales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

AgreementKind = Literal["order", "edit", "return", "refund"]
SaleAction = Literal["order", "update", "return"]
SaleLineType = Literal[
    "product", "gift_card", "shipping", "duty", "fee", "additional_fee", "tip", "adjustment"
]
TransactionKind = Literal["sale", "authorization", "capture", "refund", "void"]
TransactionStatus = Literal["success", "pending", "failure", "error"]


@dataclass(slots=True)
class Transaction:
    """`amount` is positive whatever the kind; only `success` moved money."""

    id: int
    kind: TransactionKind
    status: TransactionStatus
    gateway: str
    amount: Decimal
    created_at: datetime
    processed_at: datetime
    parent_id: int | None = None
    error_code: str | None = None
    gift_card_id: int | None = None


@dataclass(slots=True)
class Fulfilment:
    """A parcel: what left, and when it arrived."""

    id: int
    name: str
    status: Literal["success", "cancelled"]
    display_status: Literal["fulfilled", "in_transit", "delivered", "canceled"]
    created_at: datetime
    updated_at: datetime
    delivered_at: datetime | None
    lines: tuple[tuple[int, int], ...]  # (line id, quantity)

    @property
    def total_quantity(self) -> int:
        """Units in the parcel."""
        return sum(quantity for _, quantity in self.lines)


@dataclass(slots=True, frozen=True)
class RefundLine:
    """`subtotal` in price terms without tax where prices exclude it, with tax where they include it."""

    id: int
    line_id: int
    quantity: int
    restock: Literal["return", "cancel", "no_restock"]
    subtotal: Decimal
    tax: Decimal


@dataclass(slots=True, frozen=True)
class RefundShipping:
    """Part of a shipping line given back, in the terms of `RefundLine`."""

    id: int
    shipping_line_id: int
    subtotal: Decimal
    tax: Decimal


@dataclass(slots=True, frozen=True)
class Adjustment:
    """Signed as the sale it books: negative where the buyer got more than the goods were worth."""

    id: int
    reason: Literal["refund_discrepancy", "restock", "damage", "customer", "full_return_balancing_adjustment"]
    amount: Decimal
    tax: Decimal


@dataclass(slots=True)
class Refund:
    """Money given back, what for, and by how much it differs from the worth of the goods."""

    id: int
    created_at: datetime
    processed_at: datetime
    updated_at: datetime
    note: str | None
    return_id: int | None
    lines: tuple[RefundLine, ...]
    shipping: tuple[RefundShipping, ...]
    adjustments: tuple[Adjustment, ...]
    transaction_ids: tuple[int, ...]


@dataclass(slots=True)
class Return:
    """Goods on their way back, and what goes out in exchange."""

    id: int
    name: str
    status: Literal["open", "closed"]
    created_at: datetime
    closed_at: datetime | None
    lines: tuple[tuple[int, int], ...]  # (line id, quantity)
    exchange_line_ids: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class Sale:
    """One signed entry. `total` is after discounts and with tax; the discount of a reversal is negative too.

    net = total - tax; gross = net + discount. Shipping, duties, fees and adjustments have no quantity.
    """

    id: int
    action: SaleAction
    line_type: SaleLineType
    quantity: int | None
    total: Decimal
    tax: Decimal
    discount: Decimal  # before taxes
    discount_with_tax: Decimal
    line_id: int | None = None
    shipping_line_id: int | None = None


@dataclass(slots=True)
class Agreement:
    """Sales agreed at one moment; its refund or return where it is of that kind."""

    id: int
    kind: AgreementKind
    happened_at: datetime
    sales: tuple[Sale, ...]
    refund_id: int | None = None
    return_id: int | None = None
