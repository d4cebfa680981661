"""What marketing needs to know of an order, whatever kind of store it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

from sandbox.business.booking import place
from sandbox.business.events import Life
from sandbox.business.model import Order, ShopOrder, Store, WebShop
from sandbox.business.webshop.events import Ordered, Rearranged, ShopLife, StatusSet
from sandbox.business.webshop.living import order_from

ON_THE_SITE = frozenset({"web", "checkout", "store-api"})
PAID_ENOUGH = frozenset({"processing", "on-hold", "completed"})
PATIENCE = timedelta(days=1)  # whoever pays later does it in a session of its own, by a link in a mail
NOTHING = Decimal("0.00")


@dataclass(slots=True, frozen=True)
class OrderFacts:
    """An order as it came in. `on_the_site` is false for tills, the phone, drafts, imports, other apps."""

    id: int
    name: str
    at: datetime
    customer_id: int | None
    on_the_site: bool


@dataclass(slots=True, frozen=True)
class Worth:
    """What the buyer was asked to pay, and what of it is tax and delivery."""

    total: Decimal
    tax: Decimal
    shipping: Decimal
    in_other_currency: bool = False


def placed(store: Store, start: int) -> Iterator[OrderFacts]:
    """The orders of a store in the order in which they became known, from the `start`-th on."""
    if isinstance(store, WebShop):
        for life in islice(store.shop_lives.values(), start, None):
            yield _of_shop(life.ordered)
    else:
        for one in islice(store.lives.values(), start, None):
            yield _of_store(one)


def how_many(store: Store) -> int:
    """How many orders there are to read, planned ones too."""
    return len(store.shop_lives) if isinstance(store, WebShop) else len(store.lives)


def fact(store: Store, order_id: int) -> OrderFacts:
    """What is known of one order."""
    if isinstance(store, WebShop):
        return _of_shop(store.shop_lives[order_id].ordered)
    return _of_store(store.lives[order_id])


def is_known(store: Store, order_id: int) -> bool:
    """Whether the order has come in by now, gone again or not."""
    life = store.shop_lives[order_id] if isinstance(store, WebShop) else store.lives[order_id]
    return life.revealed > 0


def bought_at(store: Store, order_id: int) -> datetime | None:
    """When the buyer saw the page that says thank you; none where that has not happened by now."""
    if not isinstance(store, WebShop):
        life = store.lives[order_id]
        return life.placed.at if life.revealed and life.placed.books_order else None
    shop_life = store.shop_lives[order_id]
    ordered = shop_life.ordered
    if not shop_life.revealed:
        return None
    if ordered.status in PAID_ENOUGH:
        return ordered.at
    for event in shop_life.seen:
        if isinstance(event, StatusSet) and event.status in PAID_ENOUGH:
            return event.at if event.at - ordered.at <= PATIENCE else None
    return None


def worth(store: Store, order_id: int) -> Worth:
    """What the order was worth when it was placed, whatever became of it."""
    if isinstance(store, WebShop):
        life = store.shop_lives[order_id]
        return _shop_worth(_as_placed(store, life))
    first = store.lives[order_id]
    return _worth(store.orders.get(order_id) or place(first.placed), first)


def _of_store(life: Life) -> OrderFacts:
    header = life.placed.header
    return OrderFacts(
        header.id, header.name, life.placed.at, header.customer_id, header.source in ON_THE_SITE
    )


def _of_shop(ordered: Ordered) -> OrderFacts:
    header = ordered.header
    on_the_site = header.created_via in ON_THE_SITE
    return OrderFacts(header.id, header.number, ordered.at, header.customer_id or None, on_the_site)


def _worth(order: Order, life: Life) -> Worth:
    total = tax = shipping = NOTHING
    for agreement in order.agreements:
        if agreement.kind == "order":
            for sale in agreement.sales:
                total += sale.total
                tax += sale.tax
                if sale.line_type == "shipping":
                    shipping += sale.total - sale.tax
    return Worth(total, tax, shipping, life.placed.header.presentment_currency is not None)


def _as_placed(shop: WebShop, life: ShopLife) -> ShopOrder:
    known = shop.shop_orders.get(life.order_id)
    changed = any(isinstance(event, Rearranged) for event in life.seen)
    return order_from(life.ordered) if known is None or changed else known


def _shop_worth(order: ShopOrder) -> Worth:
    return Worth(order.total, order.total_tax, order.shipping_total)
