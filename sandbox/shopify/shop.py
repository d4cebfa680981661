"""One shop as an app sees it: its installation (token, scopes, plan) in front of the business's store."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.business.ids import BLOCK
from sandbox.business.model import Order, Store
from sandbox.business.truth import Truth
from sandbox.shopify.bulk.board import Board
from sandbox.shopify.bulk.plan import Level
from sandbox.shopify.collections import COLLECTIONS
from sandbox.shopify.connections import Page, Sorted
from sandbox.shopify.cost import Bucket
from sandbox.shopify.engine.errors import bad_request, wrong_type_of_id
from sandbox.shopify.engine.rules import GID
from sandbox.shopify.engine.selection import Selection
from sandbox.shopify.render.base import Node
from sandbox.shopify.render.desk import Desk
from sandbox.shopify.render.marketing import CodeDiscountHolderNode, DiscountHolderNode, EventNode
from sandbox.shopify.render.order import OrderNode
from sandbox.shopify.render.people import CheckoutNode
from sandbox.shopify.render.refunds import RefundNode, ReturnNode
from sandbox.shopify.render.shop import ShopNode
from sandbox.shopify.scopes import ALL_SCOPES
from sandbox.shopify.search import Search, compile_search
from sandbox.shopify.versions import SUPPORTED
from sandbox.state import Sandbox

HIDDEN_AFTER = timedelta(days=60)
ROWS = ("objects", "lists")


@dataclass
class Runtime:
    """One request's way through the resolvers."""

    shop: "Shop"
    scopes: frozenset[str]
    base_url: str = ""
    text: str = ""
    version: str = SUPPORTED[-1]
    arguments: list[dict[str, Any]] = field(default_factory=list)
    counts: list[list[int]] = field(default_factory=list)
    searches: list[dict[str, Any]] = field(default_factory=list)
    debug_search: bool = False

    def expect(self, selection: Selection, variables: dict[str, Any]) -> None:
        """Prepare for a selection's fields."""
        self.arguments = selection.arguments(variables)
        self.counts = [[0, 0] for _ in selection.sites]

    def for_bulk(self, selection: Selection) -> "Runtime":
        """The runtime of a bulk operation that this request started."""
        runtime = Runtime(self.shop, self.scopes, self.base_url, self.text)
        runtime.expect(selection, {})
        return runtime

    def warn(self, field_name: str, query: str | None, search: Search) -> None:
        """Note what the vendor would say about a search."""
        if query and (search.warnings or self.debug_search):
            entry = {"path": [field_name], "query": query, "parsed": search.parsed, "warnings": search.warnings}
            self.searches.append(entry)


class Shop:
    """What the Admin API of one shop serves."""

    versions = SUPPORTED

    def __init__(self, store: Store, sandbox: Sandbox, *, plan: str = "advanced") -> None:
        self.store = store
        self.name = store.name
        self.sandbox = sandbox
        self.gate = sandbox.gate
        self.token = f"sandbox-{store.name}-token"
        self.scopes = frozenset(ALL_SCOPES)
        self.rows_layout = ROWS[0]
        self.desk = Desk(store, self.now, sees=self.sees, plan=self._plan_node)
        self.bulk = Board(self)
        self._sorted: dict[tuple[str, str], Sorted] = {}
        self._truth: Truth | None = None
        self._lock = threading.Lock()
        self.use_plan(plan)
        self.moved()

    def now(self) -> datetime:
        """The sandbox's present."""
        return self.sandbox.now()

    def moved(self) -> None:
        """The world has changed: forget what was derived from it."""
        self._sorted.clear()
        self._truth = None
        self.desk.refresh()

    def truth(self) -> Truth:
        """What is true of the business, computed once per state of the world."""
        if self._truth is None:
            self._truth = self.sandbox.world.truth
        return self._truth

    def use_plan(self, plan: str) -> None:
        """Change the shop's plan, and with it the bucket."""
        self.plan = plan
        self.bucket = Bucket.of_plan(plan)

    def use_bucket(self, maximum: float, restore: float) -> None:
        """A bucket of any size, for tests that want to run dry or never to."""
        self.bucket = Bucket(maximum, restore)

    def fault(self, kind: str, *, route: str = "graphql", text: str = "") -> dict[str, Any] | None:
        """Use up a fault that is switched on for this shop."""
        return self.sandbox.faults.take(kind, "shopify", self.name, route=route, text=text)

    def sees(self, order: Order) -> bool:
        """Without read_all_orders only the last 60 days exist for the app."""
        return "read_all_orders" in self.scopes or order.created_at >= self.now() - HIDDEN_AFTER

    def shop_node(self) -> Node:
        """The Shop object."""
        return ShopNode(self.store, self.desk)

    def listing(self, name: str, arguments: dict[str, Any], runtime: Runtime) -> Page:
        """A page of a root connection."""
        search = self._search(name, arguments, runtime)
        duplicates = self.fault("duplicates", text=runtime.text) if arguments.get("after") else None
        overlap = duplicates["rows"] if duplicates else 0
        ordered = self._ordered(name, arguments)
        rows, keys, forward, backward = ordered.page(arguments, search, self._filter(name, arguments), overlap=overlap)
        return Page(list(map(self.node_maker(name), rows)), keys, forward=forward, backward=backward)

    def bulk_rows(self, level: Level, runtime: Runtime) -> list[Any]:
        """Every row of a root connection, as a bulk operation reads it."""
        site = level.pick.site
        arguments = runtime.arguments[site] if site is not None else {}
        search = self._search(level.field, arguments, runtime)
        seen = self._filter(level.field, arguments)
        return self._ordered(level.field, arguments).matching(search, seen, reverse=bool(arguments.get("reverse")))

    def count(self, name: str, arguments: dict[str, Any], runtime: Runtime) -> dict[str, Any]:
        """ordersCount and its sisters: exact up to `limit`."""
        search = self._search(name, arguments, runtime)
        count = len(self._ordered(name, {}).matching(search, self._filter(name, {"includeInactive": True})))
        limit = arguments.get("limit")
        if limit is not None and count > limit:
            return {"count": limit, "precision": "AT_LEAST"}
        return {"count": count, "precision": "EXACT"}

    def orders_of(self, customer: int, arguments: dict[str, Any], runtime: Runtime) -> list[Node]:
        """Customer.orders."""
        search = self._search("orders", arguments, runtime)
        mine = [one for one in self.store.orders.values() if one.customer_id == customer and self.sees(one)]
        return [OrderNode(one, self.desk) for one in sorted(mine, key=lambda one: one.id) if search.match(one)]

    def node_maker(self, name: str) -> Callable[[Any], Node]:
        """Makes the nodes of a root connection."""
        kind, desk = COLLECTIONS[name].node, self.desk
        return lambda row: kind(row, desk)

    def by_id(self, identity: str, kind: str | None) -> Any:
        """An object by its global id; null where it does not exist (any more)."""
        found = GID.match(identity)
        if not found or found[1] not in self._finders:
            raise wrong_type_of_id(identity)
        if kind is not None and found[1] != kind and not (kind == "BasicEvent" and found[1] == "Event"):
            raise wrong_type_of_id(identity)
        return self._finders[found[1]](self, int(found[2]))

    def _search(self, name: str, arguments: dict[str, Any], runtime: Runtime) -> Search:
        query = arguments.get("query")
        search = compile_search(query, COLLECTIONS[name].fields, zone=self.store.zone, now=self.now())
        runtime.warn(name, query, search)
        return search

    def _ordered(self, name: str, arguments: dict[str, Any]) -> Sorted:
        collection = COLLECTIONS[name]
        key = arguments.get("sortKey") or "ID"
        if key not in collection.sorts:
            raise bad_request(f"The practice shop does not sort {name} by {key}")
        with self._lock:
            known = self._sorted.get((name, key))
            if known is None:
                sort = collection.sorts[key]
                known = Sorted(list(collection.rows(self.desk)), sort.value, sort.bound)
                self._sorted[name, key] = known
        return known

    def _filter(self, name: str, arguments: dict[str, Any]) -> Callable[[Any], bool]:
        if name == "orders":
            return _everything if "read_all_orders" in self.scopes else self.sees
        if name == "locations" and not arguments.get("includeInactive"):
            return lambda row: bool(row.is_active)
        return _everything

    def _plan_node(self) -> dict[str, Any]:
        names = {"basic": "Basic", "advanced": "Advanced", "plus": "Shopify Plus"}
        return {
            "publicDisplayName": names[self.plan],
            "partnerDevelopment": False,
            "shopifyPlus": self.plan == "plus",
        }

    def _child(self, number: int, name: str, kind: type[Node]) -> Node | None:
        order = self.desk.order(number // BLOCK)
        child = next((one for one in getattr(order.of, name) if one.id == number), None) if order else None
        return None if child is None else kind(child, self.desk, order)

    def _row(self, rows: dict[int, Any], number: int, kind: type[Node]) -> Node | None:
        row = rows.get(number)
        return None if row is None else kind(row, self.desk)

    def _event(self, number: int) -> Node | None:
        found = next((one for one in self.desk.happenings() if one.id == number), None)
        return None if found is None else EventNode(found, self.desk)

    _finders: dict[str, Callable[["Shop", int], Any]] = {
        "Order": lambda self, number: self.desk.order(number),
        "Customer": lambda self, number: self.desk.customer(number),
        "Product": lambda self, number: self.desk.product(number),
        "ProductVariant": lambda self, number: self.desk.variant(number),
        "InventoryItem": lambda self, number: self.desk.inventory_item(number),
        "Location": lambda self, number: self.desk.location(number),
        "Refund": lambda self, number: self._child(number, "refunds", RefundNode),
        "Return": lambda self, number: self._child(number, "returns", ReturnNode),
        "AbandonedCheckout": lambda self, number: self._row(self.store.checkouts, number, CheckoutNode),
        "DiscountNode": lambda self, number: self._row(self.store.discounts, number, DiscountHolderNode),
        "DiscountCodeNode": lambda self, number: self._row(self.store.discounts, number, CodeDiscountHolderNode),
        "BasicEvent": lambda self, number: self._event(number),
        "BulkOperation": lambda self, number: self.bulk.poll(number),
        "Shop": lambda self, _: self.shop_node(),
    }


def _everything(_: Any) -> bool:
    return True


