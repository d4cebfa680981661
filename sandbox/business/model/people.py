"""Who buys, and what the shop keeps of them: carts, codes, gift cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.business.model.lines import Item


@dataclass(slots=True, frozen=True)
class Address:
    """Where goods go; shared between orders of the same person."""

    country_code: str | None
    province_code: str | None
    city: str | None
    zip: str | None


@dataclass(slots=True)
class Customer:
    """A person as one store knows them; `person_id` says who it is across stores."""

    id: int
    person_id: int | None
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    address: Address | None
    marketing: Literal["subscribed", "not_subscribed", "unsubscribed"]
    state: Literal["enabled", "disabled", "invited"]
    verified_email: bool
    tax_exempt: bool
    locale: str
    tags: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    order_count: int = 0
    amount_spent: Decimal = Decimal("0.00")  # received less refunded over all orders but tests
    merged_into: int | None = None
    redacted_at: datetime | None = None


@dataclass(slots=True)
class Discount:
    """A discount with a code. `value` is a fraction for percentages, null for shipping, else money."""

    id: int
    title: str
    code: str
    kind: Literal["percentage", "fixed_amount", "free_shipping"]
    value: Decimal | None
    starts_at: datetime
    ends_at: datetime | None
    usage_limit: int | None
    created_at: datetime
    updated_at: datetime
    usage_count: int = 0


@dataclass(slots=True)
class CheckoutLine:
    """One line of a cart that was left behind."""

    id: int
    item: Item
    quantity: int
    original_total: Decimal
    discounted_total: Decimal


@dataclass(slots=True)
class AbandonedCheckout:
    """A cart left behind by somebody known; complete if it was bought after all."""

    id: int
    name: str
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    customer_id: int | None
    discount_codes: tuple[str, ...]
    taxes_included: bool
    currency: str
    lines: tuple[CheckoutLine, ...]
    subtotal: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal


@dataclass(slots=True)
class GiftCard:
    """A liability: sold by `order_id`, used up by payments through the gateway `gift_card`."""

    id: int
    order_id: int
    initial: Decimal
    balance: Decimal
    created_at: datetime
    updated_at: datetime
