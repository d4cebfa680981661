"""The right answers: the ledger and the daily totals of every store, as of the world's clock.

They are computed from the events (what was agreed, at which price, under which tax), not from the orders'
agreements and not from anything a stand-in sends; `audit.py` has the arithmetic.

Decisions
- A sale is booked on the store's local day of the moment it happened; an imported order happened when it
  was processed, so its arrival changes days long past. `order_date` is the local day of that moment.
- Test orders and deleted orders have no rows and count as no orders. Cancelled, unpaid and pending orders
  stay: as a sale, and as its reversal once they are cancelled.
- Reversals are rows of goods with a quantity below zero, all adjustments, and rows of goods without
  quantity in a return or refund; what remains is a sale, discounts given by an edit included.
- A discount is positive in a sale and negative in its reversal; the daily discount is that of sales alone.
- Units are units of products: gift cards, tips, shipping and charges have none. Units returned are negative.
- Days without any row are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sandbox.business.audit import Entry, audit
from sandbox.business.events import Life
from sandbox.business.model import Store
from sandbox.business.seasons import local_day

Clock = Literal["booked", "order"]
NOTHING = Decimal("0.00")


@dataclass(slots=True, frozen=True)
class LedgerRow:
    """One signed sale: net = gross - discount, total = net + tax."""

    order_id: int
    sale_id: int
    event_type: Literal["order", "edit", "return", "refund"]
    line_type: Literal["product", "gift_card", "shipping", "duty", "fee", "tip", "adjustment"]
    happened_at: datetime
    booked_date: date
    order_date: date
    quantity: int | None
    gross_amount: Decimal
    discount_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    total_amount: Decimal
    product_id: int | None
    customer_id: int | None

    @property
    def is_reversal(self) -> bool:
        """Whether a row of goods takes back rather than sells."""
        if self.line_type == "adjustment":
            return True
        if self.quantity is not None and self.quantity != 0:
            return self.quantity < 0
        return self.event_type in ("return", "refund")

    def as_dict(self) -> dict[str, object]:
        """For JSON: amounts as strings, moments in UTC, days as ISO dates."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


@dataclass(slots=True)
class DailyRow:
    """One store-day; every field as the definitions of the metrics say."""

    date: date
    currency_code: str
    orders: int = 0
    gross_sales: Decimal = NOTHING
    discounts: Decimal = NOTHING
    sales_reversals: Decimal = NOTHING
    net_sales: Decimal = NOTHING
    shipping: Decimal = NOTHING
    taxes: Decimal = NOTHING
    duties: Decimal = NOTHING
    fees: Decimal = NOTHING
    total_sales: Decimal = NOTHING
    gift_cards_sold: Decimal = NOTHING
    tips: Decimal = NOTHING
    units: int = 0
    units_returned: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON: amounts as strings, the day as ISO date."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    def add(self, row: LedgerRow) -> None:
        """Take a row of the ledger into the day."""
        self.taxes += row.tax_amount
        match row.line_type:
            case "product" | "adjustment":
                self.net_sales += row.net_amount
                if row.is_reversal:
                    self.sales_reversals += row.net_amount
                else:
                    self.gross_sales += row.gross_amount
                    self.discounts += row.discount_amount
                self.units += max(0, row.quantity or 0)
                self.units_returned += min(0, row.quantity or 0)
            case "shipping":
                self.shipping += row.net_amount
            case "duty":
                self.duties += row.net_amount
            case "fee":
                self.fees += row.net_amount
            case "gift_card":
                self.gift_cards_sold += row.net_amount
            case "tip":
                self.tips += row.net_amount
        self.total_sales = self.net_sales + self.shipping + self.taxes + self.duties + self.fees


class Truth:
    """What is true of each store at a moment. Answers are computed when asked and days are kept."""

    def __init__(self, stores: dict[str, Store], clock: datetime) -> None:
        self._stores, self.clock = stores, clock
        self._days: dict[tuple[str, Clock], list[DailyRow]] = {}

    def ledger(self, store: str) -> Iterator[LedgerRow]:
        """All rows of a store, order by order as the orders became known."""
        shop = self._stores[store]
        zone = shop.zone
        for life in _counting(shop):
            customer_id = life.placed.header.customer_id
            order_date = local_day(life.placed.happened_at, zone)
            for entry in audit(life.seen):
                yield _row(entry, life.order_id, customer_id, order_date, local_day(entry.happened_at, zone))

    def daily(self, store: str, clock: Clock = "booked") -> list[DailyRow]:
        """One row per day that saw anything: as booked, or every row on its order's day."""
        if (store, clock) not in self._days:
            self._days[store, clock] = self._add_up(store, clock)
        return self._days[store, clock]

    def counts(self, store: str) -> dict[str, int]:
        """How many there are of what; visible things only, where it does not say otherwise."""
        shop = self._stores[store]
        known = [life for life in shop.lives.values() if life.revealed]
        alive = [life for life in known if not life.is_deleted]
        tests = sum(life.placed.header.test for life in alive)
        return {
            "orders": len(alive),
            "orders_placed": sum(life.placed.books_order and not life.placed.header.test for life in alive),
            "test_orders": tests,
            "deleted_orders": len(known) - len(alive),
            "guest_orders": sum(life.placed.header.customer_id is None for life in alive),
            "cancelled_orders": sum(order.cancelled_at is not None for order in shop.orders.values()),
            "customers": len(shop.customers),
            "deleted_customers": sum(one.kind == "customer" for one in shop.deletions),
            "products": len(shop.products),
            "deleted_products": sum(one.kind == "product" for one in shop.deletions),
            "variants": sum(len(product.variants) for product in shop.products.values()),
            "locations": len(shop.locations),
            "abandoned_checkouts": len(shop.checkouts),
            "discount_codes": len(shop.discounts),
        }

    def _add_up(self, store: str, clock: Clock) -> list[DailyRow]:
        shop = self._stores[store]
        days: dict[date, DailyRow] = {}
        for life in _counting(shop):
            if life.placed.books_order:
                day = local_day(life.placed.happened_at, shop.zone)
                days.setdefault(day, DailyRow(day, shop.currency)).orders += 1
        for row in self.ledger(store):
            day = row.booked_date if clock == "booked" else row.order_date
            days.setdefault(day, DailyRow(day, shop.currency)).add(row)
        return [days[day] for day in sorted(days)]


def _counting(store: Store) -> Iterator[Life]:
    """The lives that count: begun, not deleted, no tests."""
    for life in store.lives.values():
        if life.revealed and not life.is_deleted and not life.placed.header.test:
            yield life


def _row(
    entry: Entry, order_id: int, customer_id: int | None, order_date: date, booked_date: date
) -> LedgerRow:
    return LedgerRow(
        order_id=order_id,
        sale_id=entry.sale_id,
        event_type=entry.event_type,
        line_type=entry.line_type,
        happened_at=entry.happened_at,
        booked_date=booked_date,
        order_date=order_date,
        quantity=entry.quantity,
        gross_amount=entry.net + entry.discount,
        discount_amount=entry.discount,
        net_amount=entry.net,
        tax_amount=entry.tax,
        total_amount=entry.net + entry.tax,
        product_id=entry.product_id,
        customer_id=customer_id,
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value
