"""The state of the simulated business: plain dataclasses that no vendor shaped.

Money is Decimal in the store's currency with two places (`Order.presentment` converts to what the buyer
saw), times are aware UTC datetimes of whole seconds, ids are integers that are unique per store and kind.
Amounts called *price* are in the store's own price terms (with tax where `taxes_included`); sales of an
agreement carry both terms. Totals and statuses are derived, see `totals.py`.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sandbox.business.money import round_money

if TYPE_CHECKING:
    from sandbox.business.events import Life

AgreementKind = Literal["order", "edit", "return", "refund"]
SaleAction = Literal["order", "update", "return"]
SaleLineType = Literal["product", "gift_card", "shipping", "duty", "fee", "additional_fee", "tip", "adjustment"]
TransactionKind = Literal["sale", "authorization", "capture", "refund", "void"]
TransactionStatus = Literal["success", "pending", "failure", "error"]
DeletionKind = Literal["order", "product", "customer"]


@dataclass(slots=True, frozen=True)
class Address:
    """Where goods go; shared between orders of the same person."""

    country_code: str | None
    province_code: str | None
    city: str | None
    zip: str | None


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
    """`quantity` counts every unit ever on the line, `current_quantity` those neither removed nor returned."""

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
    id: int
    kind: AgreementKind
    happened_at: datetime
    sales: tuple[Sale, ...]
    refund_id: int | None = None
    return_id: int | None = None


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
        return next(line for line in self.lines if line.id == line_id)


@dataclass(slots=True)
class InventoryLevel:
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
        return self.available + self.committed + self.reserved


@dataclass(slots=True)
class InventoryItem:
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


@dataclass(slots=True)
class Location:
    id: int
    name: str
    is_active: bool
    fulfils_online_orders: bool
    address: Address
    created_at: datetime
    updated_at: datetime


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
    """A discount with a code. `value` is a fraction for percentages, an amount otherwise, null for shipping."""

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
    id: int
    item: Item
    quantity: int
    original_total: Decimal
    discounted_total: Decimal


@dataclass(slots=True)
class AbandonedCheckout:
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


@dataclass(slots=True, frozen=True)
class Deletion:
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
