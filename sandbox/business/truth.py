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
- Days without any row that counts as a sale are left out.

A web shop's rules are in `webshop/truth.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from sandbox.business.audit import Entry, audit
from sandbox.business.events import Life
from sandbox.business.ledger import DailyRow, LedgerRow
from sandbox.business.model import Store, WebShop
from sandbox.business.seasons import local_day
from sandbox.business.webshop.truth import shop_counts, shop_ledger, shop_order_days

Clock = Literal["booked", "order"]


class Truth:
    """What is true of each store at a moment. Answers are computed when asked and days are kept."""

    def __init__(self, stores: dict[str, Store], clock: datetime) -> None:
        self._stores, self.clock = stores, clock
        self._days: dict[tuple[str, Clock], list[DailyRow]] = {}

    def ledger(self, store: str) -> Iterator[LedgerRow]:
        """All rows of a store, order by order as the orders became known."""
        shop = self._stores[store]
        if isinstance(shop, WebShop):
            yield from shop_ledger(shop)
            return
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
        if isinstance(shop, WebShop):
            return shop_counts(shop)
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
        placed = shop_order_days(shop) if isinstance(shop, WebShop) else _order_days(shop)
        for day in placed:
            days.setdefault(day, DailyRow(day, shop.currency)).orders += 1
        for row in self.ledger(store):
            if row.counts_as_sale:
                day = row.booked_date if clock == "booked" else row.order_date
                days.setdefault(day, DailyRow(day, shop.currency)).add(row)
        return [days[day] for day in sorted(days)]


def _order_days(store: Store) -> Iterator[date]:
    """The day of every order placed."""
    for life in _counting(store):
        if life.placed.books_order:
            yield local_day(life.placed.happened_at, store.zone)


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
