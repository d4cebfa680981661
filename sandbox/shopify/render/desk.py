"""One store's rendering desk: the look-ups that nodes make beyond their own object."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.business.marketing.journeys import Journey
from sandbox.business.model import Order, Store
from sandbox.shopify.render import journey
from sandbox.shopify.render.base import Node, gid
from sandbox.shopify.render.catalogue import InventoryItemNode, LocationNode, ProductNode, VariantNode
from sandbox.shopify.render.marketing import EventNode
from sandbox.shopify.render.money import Purse
from sandbox.shopify.render.order import OrderNode
from sandbox.shopify.render.people import CustomerNode


@dataclass(frozen=True)
class Happening:
    """A line of the shop's activity log."""

    id: int
    action: str
    verb: str
    at: datetime
    subject_type: str
    subject_id: int


@dataclass(frozen=True)
class Local:
    """Stands for an order in the store's own currency, where there is none."""

    currency: str
    presentment_currency: None = None


class Desk:
    """Makes nodes of one store.

    `sees` tells which orders the reader may see, `plan` the shop's plan, `came` how an order came about.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        *,
        sees: Callable[[Order], bool],
        plan: Callable[[], dict[str, Any]],
        came: Callable[[int], Journey | None],
    ) -> None:
        self.store = store
        self.now = now
        self.sees = sees
        self.plan = plan
        self._came = came
        self.purse = Purse(store.currency)
        self.local = Local(store.currency)
        self.shop_id = gid("Shop", 50_000_000 + zlib.crc32(store.name.encode()) % 40_000_000)
        self._variants: dict[int, Any] = {}
        self._positions: dict[int, int] | None = None

    def refresh(self) -> None:
        """Forget look-ups: the world has moved."""
        self._positions = None
        self._variants = {one.id: one for product in self.store.products.values() for one in product.variants}

    def order(self, number: int | None) -> Node | None:
        """An order by id, where it exists and may be seen."""
        order = self.store.orders.get(number) if number is not None else None
        return OrderNode(order, self) if order is not None and self.sees(order) else None

    def customer(self, number: int | None) -> Node | None:
        """A customer by id; deleted and merged ones are gone."""
        person = self.store.customers.get(number) if number is not None else None
        return None if person is None or person.merged_into is not None else CustomerNode(person, self)

    def product(self, number: int | None) -> Node | None:
        """A product by id; deleted ones are gone from every line that sold them."""
        product = self.store.products.get(number) if number is not None else None
        return None if product is None else ProductNode(product, self)

    def variant(self, number: int | None) -> Node | None:
        """A variant by id."""
        variant = self._variants.get(number) if number is not None else None
        return None if variant is None else VariantNode(variant, self)

    def variants(self) -> Iterator[Any]:
        """Every variant of the store."""
        return iter(self._variants.values())

    def inventory_item(self, number: int) -> Node | None:
        """An inventory item by id."""
        found = next((one.inventory for one in self._variants.values() if one.inventory.id == number), None)
        return None if found is None else InventoryItemNode(found, self)

    def location(self, number: int) -> Node | None:
        """A location by id."""
        location = self.store.locations.get(number)
        return None if location is None else LocationNode(location, self)

    def main_location(self) -> Node | None:
        """Where goods leave from and come back to."""
        return next((LocationNode(one, self) for one in self.store.locations.values() if one.is_active), None)

    def last_order(self, customer: int) -> Node | None:
        """The latest order of a customer."""
        mine = [one for one in self.store.orders.values() if one.customer_id == customer and self.sees(one)]
        return OrderNode(max(mine, key=lambda one: one.processed_at), self) if mine else None

    def journey_summary(self, order: Order) -> dict[str, Any]:
        """The visits before an order, and its position among its customer's orders."""
        if self._positions is None:
            self._positions = _positions(self.store)
        index = self._positions.get(order.id)
        return journey.summary(order, self._came(order.id), index=index, now=self.now())

    def happenings(self) -> Iterator[Happening]:
        """The activity log: products created and destroyed. Orders and customers vanish without a word."""
        for product in self.store.products.values():
            yield _happening("create", "created", product.created_at, product.id)
        for deletion in self.store.deletions:
            if deletion.kind == "product":
                yield _happening("destroy", "deleted", deletion.at, deletion.id)

    def events_of(self, product: int) -> list[Node]:
        """The log of one product."""
        return [EventNode(one, self) for one in self.happenings() if one.subject_id == product]


def _positions(store: Store) -> dict[int, int]:
    """The how-manieth of its customer's orders each is, by id, in the order in which they became known.

    Tests and guests' orders are not counted, deleted ones are: positions once given do not move.
    """
    so_far: Counter[int] = Counter()
    found = {}
    for life in sorted(store.lives.values(), key=lambda one: (one.placed.at, one.order_id)):
        header = life.placed.header
        if life.revealed and header.customer_id is not None and not header.test:
            so_far[header.customer_id] += 1
            found[header.id] = so_far[header.customer_id]
    return found


def _happening(action: str, verb: str, at: datetime, product: int) -> Happening:
    number = int(at.timestamp()) * 100_000 + product % 100_000
    return Happening(number, action, verb, at, "PRODUCT", product)
