"""One shop as an app sees it: its installation (token, scopes, plan) in front of the business's store."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.business.marketing.journeys import Journey
from sandbox.business.model import Order, Store
from sandbox.business.truth import Truth
from sandbox.shopify.bulk.board import Board
from sandbox.shopify.bulk.plan import Level
from sandbox.shopify.collections import COLLECTIONS
from sandbox.shopify.connections import Page, Sorted
from sandbox.shopify.cost import Bucket
from sandbox.shopify.engine.errors import bad_request
from sandbox.shopify.engine.reporting import GID
from sandbox.shopify.engine.selection import Selection
from sandbox.shopify.finders import find
from sandbox.shopify.render.base import Node
from sandbox.shopify.render.desk import Desk
from sandbox.shopify.render.order import OrderNode
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
    protected: str | None = None  # the type of object that the app was not approved to see

    def expect(self, selection: Selection, variables: dict[str, Any]) -> None:
        """Prepare for a selection's fields."""
        self.arguments = selection.arguments(variables)
        self.counts = [[0, 0] for _ in selection.sites]

    def for_bulk(self, selection: Selection) -> "Runtime":
        """The runtime of a bulk operation that this request started."""
        runtime = Runtime(self.shop, self.scopes, self.base_url, self.text)
        runtime.expect(selection, {})
        return runtime

    def warn(self, field_name: str, query: str | None, *, search: Search) -> None:
        """Note what the vendor would say about a search."""
        if query and (search.warnings or self.debug_search):
            entry = {
                "path": [field_name],
                "query": query,
                "parsed": search.parsed,
                "warnings": search.warnings,
            }
            self.searches.append(entry)


class Shop:
    """What the Admin API of one shop serves."""

    versions = SUPPORTED

    def __init__(self, store: Store, sandbox: Sandbox, *, plan: str = "advanced") -> None:
        self.store = store
        self.name = store.name
        self.sandbox = sandbox
        self.gate = sandbox.gate
        self.desk = Desk(store, self.now, sees=self.sees, plan=self._plan_node, came=self._came)
        self._opening_plan = plan
        self._sorted: dict[tuple[str, str], Sorted] = {}
        self._lock = threading.Lock()
        self.reset()
        self.moved()

    def reset(self) -> None:
        """A fresh installation: every scope, a full bucket, no bulk operation yet."""
        self.token = f"sandbox-{self.name}-token"
        self.scopes = frozenset(ALL_SCOPES)
        self.rows_layout = ROWS[0]
        self.reports_by_order = True
        self.index_lag = timedelta(0)
        self.customers_by_day = False
        self.bulk = Board(self)
        self.use_plan(self._opening_plan)

    def _came(self, order: int) -> Journey | None:
        journey: Journey | None = self.sandbox.world.marketing.journey(self.name, order)
        return journey

    def now(self) -> datetime:
        """The sandbox's present."""
        return self.sandbox.now()

    def moved(self) -> None:
        """The world has changed: forget what was derived from it."""
        self._sorted.clear()
        self.desk.refresh()

    def truth(self) -> Truth:
        """What is true of the business."""
        truth: Truth = self.sandbox.world.truth
        return truth

    def use_plan(self, plan: str) -> None:
        """Change the shop's plan, and with it the bucket."""
        self.plan = plan
        self.bucket = Bucket.of_plan(plan)

    def use_bucket(self, maximum: float, restore: float) -> None:
        """A bucket of any size, for tests that want to run dry or never to."""
        self.bucket = Bucket(maximum, restore)

    def fault(self, kind: str, *, route: str = "graphql", text: str = "") -> dict[str, Any] | None:
        """Use up a fault that is switched on for this shop."""
        return self.sandbox.faults.take(kind, "shopify", store=self.name, route=route, text=text)

    def sees(self, order: Order) -> bool:
        """Without read_all_orders only the last 60 days exist for the app."""
        return "read_all_orders" in self.scopes or order.created_at >= self.now() - HIDDEN_AFTER

    def shop_node(self) -> Node:
        """The Shop object."""
        return ShopNode(self.store, self.desk)

    def listing(self, name: str, arguments: dict[str, Any], *, runtime: Runtime) -> Page:
        """A page of a root connection."""
        search = self._search(name, arguments, runtime)
        duplicates = self.fault("duplicates", text=runtime.text) if arguments.get("after") else None
        overlap = duplicates["rows"] if duplicates else 0
        ordered = self._ordered(name, arguments)
        rows, keys, forward, backward = ordered.page(
            arguments, search, seen=self._filter(name, arguments), overlap=overlap
        )
        return Page(list(map(self.node_maker(name), rows)), keys, forward=forward, backward=backward)

    def bulk_rows(self, level: Level, runtime: Runtime) -> list[Any]:
        """Every row of a root connection, as a bulk operation reads it."""
        site = level.pick.site
        arguments = runtime.arguments[site] if site is not None else {}
        search = self._search(level.name, arguments, runtime)
        seen = self._filter(level.name, arguments)
        return self._ordered(level.name, arguments).matching(
            search, seen, reverse=bool(arguments.get("reverse"))
        )

    def count(self, name: str, arguments: dict[str, Any], *, runtime: Runtime) -> dict[str, Any]:
        """ordersCount and its sisters: exact up to `limit`."""
        search = self._search(name, arguments, runtime)
        count = len(self._ordered(name, {}).matching(search, self._filter(name, {"includeInactive": True})))
        limit = arguments.get("limit")
        if limit is not None and count > limit:
            return {"count": limit, "precision": "AT_LEAST"}
        return {"count": count, "precision": "EXACT"}

    def orders_of(self, customer: int, arguments: dict[str, Any], *, runtime: Runtime) -> list[Node]:
        """Customer.orders."""
        search = self._search("orders", arguments, runtime)
        mine = [one for one in self.store.orders.values() if one.customer_id == customer and self.sees(one)]
        return [
            OrderNode(one, self.desk) for one in sorted(mine, key=lambda one: one.id) if search.match(one)
        ]

    def node_maker(self, name: str) -> Callable[[Any], Node]:
        """Makes the nodes of a root connection."""
        kind, desk = COLLECTIONS[name].node, self.desk
        return lambda row: kind(row, desk)

    def by_id(self, identity: str, kind: str | None) -> Any:
        """An object by its global id; null where it does not exist (any more)."""
        if (polled := GID.match(identity)) and polled[1] == "BulkOperation" and kind in (None, polled[1]):
            return self.bulk.poll(int(polled[2]))
        return find(self.desk, identity, kind=kind)

    def _search(self, name: str, arguments: dict[str, Any], runtime: Runtime) -> Search:
        query = arguments.get("query")
        whole_days = name == "customers" and self.customers_by_day
        search = compile_search(
            query, COLLECTIONS[name].fields, zone=self.store.zone, now=self.now(), whole_days=whole_days
        )
        runtime.warn(name, query, search=search)
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
        seen = self._visible(name, arguments)
        if not self.index_lag or name in ("events", "locations"):
            return seen
        indexed = self.now() - self.index_lag
        return lambda row: row.updated_at <= indexed and seen(row)

    def _visible(self, name: str, arguments: dict[str, Any]) -> Callable[[Any], bool]:
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


def _everything(_: Any) -> bool:
    return True
