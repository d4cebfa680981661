"""Shopify's resources: which documents each one asks for, in which window, and where its cursor goes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from loaders.common.context import Run
from loaders.common.days import Days, days_to_read, days_were_read
from loaders.common.errors import MalformedAnswer, MissingScope
from loaders.common.landing import FLUSH, Document
from loaders.common.resources import Resource
from loaders.common.windows import State, Window, WindowEnd, advance, cursor, next_window
from loaders.shopify import queries, settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.client import Client, Shop
from loaders.shopify.deletions import Deletions
from loaders.shopify.documents import landed
from loaders.shopify.joining import Source, rows, trees
from loaders.shopify.journeys import Journeys
from loaders.shopify.order_reports import OrderReports
from loaders.shopify.orders import Orders
from loaders.shopify.reading import ChangedMeanwhile, Reader
from loaders.shopify.reports import SalesReports
from loaders.shopify.selections import (
    ABANDONED_CHECKOUT,
    CUSTOMER,
    DISCOUNT,
    INVENTORY_ITEM,
    LOCATION,
    ORDER,
    PRODUCT,
    Thing,
)

log = logging.getLogger(__name__)

# What the vendor can count by a search; abandoned checkouts of a window are few.
COUNTED = (ORDER, CUSTOMER, PRODUCT)
# Keys of a resource's state: when ids were last swept, by how much the vendor's own count is known to differ
# from its lists, the last deletion event seen.
SWEPT, GAP, EVENTS = "swept_at", "count_gap", "events_until"

RESOURCES = (
    Resource("shop", "the shop itself and what its token may read", "whole", identity=True),
    Resource(
        "orders",
        "orders with lines, refunds, payments, fulfilments, agreements and their sales",
        "cursor",
        # What an order points at needs its own scope: without it the answer is partial.
        scopes=("read_orders", "read_customers", "read_products", "read_returns"),
        deletions="sweep",
    ),
    Resource("customers", "customers", "cursor", scopes=("read_customers",), deletions="sweep"),
    Resource(
        "products",
        "products with variants",
        "cursor",
        scopes=("read_products", "read_inventory"),
        deletions="events",
    ),
    Resource(
        "inventory_items",
        "costs and stock; read whole, as a change of stock does not move the item's own time",
        "whole",
        scopes=("read_inventory", "read_locations"),
        optional=True,
    ),
    Resource("locations", "places of stock", "whole", scopes=("read_locations",), optional=True),
    Resource(
        "abandoned_checkouts",
        "checkouts that were left",
        "cursor",
        scopes=("read_orders", "read_customers", "read_products"),
    ),
    Resource(
        "discount_codes",
        "discounts with their codes; read whole, as their use does not move their own time",
        "whole",
        scopes=("read_discounts",),
        optional=True,
    ),
    Resource(
        "sales_reports",
        "the vendor's own report, one document per store-local day",
        "days",
        scopes=(settings.REPORT_SCOPE,),
        optional=True,
    ),
    Resource(
        "order_reports",
        "what the vendor's report counts of each order, for days whose figures differ from ours",
        "days",
        scopes=("read_orders",),
        optional=True,
        on_demand=True,
    ),
)


@dataclass
class Shopify:
    """The resources of one shop in one run."""

    run: Run
    client: Client
    shop: Shop
    bulk: Bulk = field(init=False)

    def __post_init__(self) -> None:
        self.bulk = Bulk(self.client, self.run.folder)

    def resources(self) -> list[Any]:
        """The dlt resources that this run wants and may read; the shop always comes along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "shop": lambda _: [landed(self.shop.document, self.shop.at)],
            "orders": self.orders,
            "customers": self.customers,
            "products": self.products,
            "inventory_items": lambda _: self._twice(lambda: self._whole_in_bulk(INVENTORY_ITEM)),
            "locations": lambda _: self._whole_by_pages(LOCATION),
            "abandoned_checkouts": self.abandoned_checkouts,
            "discount_codes": lambda _: self.discount_codes(),
            "sales_reports": self.sales_reports,
            "order_reports": lambda _: self.order_reports(),
        }
        found = []
        for resource in RESOURCES:
            if resource.name not in self.run.wanted and not resource.identity:
                continue
            missing = [scope for scope in resource.scopes if scope not in self.shop.scopes]
            if missing:
                self._without(resource, missing)
            else:
                found.append(self.run.resource(resource, read[resource.name]))
        return found

    def orders(self, state: State) -> Iterator[Document]:
        """Whole orders of the window, then tombstones of those that are gone."""
        if not self.shop.sees_all_orders:
            self.run.report.warn(
                "orders older than 60 days are hidden: the token has no read_all_orders (ask Shopify to "
                "approve that scope for the app; then load once with --full)"
            )
        warn = self.run.report.warn
        journeys = Journeys.of(self.client, state, self.run.request, warn)
        orders = Orders(self.client, self.bulk, warn, journeys)
        window = journeys.window(next_window(state, self.run.request, overlap=settings.OVERLAP))
        search = queries.window(window.since, window.until)
        clock = WindowEnd()
        if self._is_large(ORDER, window, search):
            yield from clock.watch(self._twice(lambda: orders.in_bulk(search)))
        else:
            yield from clock.watch(orders.by_pages(search))
        yield from orders.by_ids(journeys.waiting)
        journeys.settle(orders.unsettled)
        self._tell_left("orders", orders.left)
        advance(state, clock.end(before=orders.unsettled), self.run.request)
        yield from self._swept("orders", ORDER, state, counted=self.shop.sees_all_orders)

    def customers(self, state: State) -> Iterator[Document]:
        """Customers of the window, then tombstones of those that are gone."""
        overlap = settings.CUSTOMER_OVERLAP
        yield from self._windowed(CUSTOMER, state, overlap=overlap, size=settings.PLAIN_PER_PAGE)
        yield from self._swept("customers", CUSTOMER, state)

    def products(self, state: State) -> Iterator[Document]:
        """Products of the window, then tombstones of those whose destruction is an event."""
        yield from self._windowed(PRODUCT, state, overlap=settings.OVERLAP, size=settings.PRODUCTS_PER_PAGE)
        if self.run.request.is_explicit:
            return
        deletions = self._deletions("products")
        seen = cursor(state, EVENTS)
        yield from deletions.by_events(
            seen - settings.OVERLAP if seen and not self.run.request.full else None
        )
        # What was deleted since this run began may have been read alive by it, and is not in the log yet:
        # the next run looks at those events once more.
        last = min(deletions.last_event, self.shop.at) if deletions.last_event else None
        advance(state, last, self.run.request, key=EVENTS)
        if self.run.request.full:
            yield from deletions.by_sweep(PRODUCT)

    def abandoned_checkouts(self, state: State) -> Iterator[Document]:
        """Checkouts of the window; the vendor cannot sort them by their change."""
        yield from self._windowed(
            ABANDONED_CHECKOUT,
            state,
            overlap=settings.OVERLAP,
            size=settings.CHECKOUTS_PER_PAGE,
            sort="CREATED_AT",
        )

    def discount_codes(self) -> Iterator[Document]:
        """Every discount that is used by a code, with all of its codes."""
        reader = Reader(self.client)
        pages = reader.pages(DISCOUNT, size=settings.DISCOUNTS_PER_PAGE, search="method:code")
        for node, at in pages:
            discount = node.get("discount") or {}
            try:
                reader.complete_codes(node["id"], discount)
            except ChangedMeanwhile:
                continue  # it is gone, or another kind by now: never half of it, the next run reads it again
            yield landed(node, at, updated_at=discount.get("updatedAt") or "")
        self._tell_left("discounts", reader.left)

    def sales_reports(self, state: State) -> Iterator[Document]:
        """The report's days that are new or may still move."""
        reports = SalesReports(self.client, self.shop)
        request = self.run.request
        days = days_to_read(
            state,
            request,
            today=reports.local_day(self.shop.at),
            look_back=settings.REPORT_LOOK_BACK_DAYS,
            first=reports.first_day,
        )
        yield from reports.days(days)
        days_were_read(state, request, days)

    def order_reports(self) -> Iterator[Document]:
        """The days asked for, order by order."""
        since, until = self.run.request.since, self.run.request.until
        if since and until:
            yield from OrderReports(self.client, self.shop).days(Days(since.date(), until.date()))

    def _tell_left(self, what: str, left: list[str]) -> None:
        if left:
            self.run.report.warn(
                f"{len(left)} {what} kept changing while they were read ({left[0]} …): "
                "the next run reads them"
            )

    def _windowed(
        self, thing: Thing, state: State, *, overlap: timedelta, size: int, sort: str = "UPDATED_AT"
    ) -> Iterator[Document]:
        window = next_window(state, self.run.request, overlap=overlap)
        search = queries.window(window.since, window.until)
        clock, reader = WindowEnd(), Reader(self.client)
        if self._is_large(thing, window, search):
            yield from clock.watch(self._twice(lambda: self._whole_in_bulk(thing, search=search)))
        else:
            pages = reader.pages(thing, size=size, sort=sort, search=search)
            yield from clock.watch(landed(node, at) for node, at in pages)
        self._tell_left(thing.root, reader.left)
        advance(state, clock.end(before=reader.unsettled), self.run.request)

    def _twice(self, read: Callable[[], Iterable[Document]]) -> Iterator[Document]:
        """A bulk result that cannot be read is asked for once more; what it had given comes again."""
        try:
            yield from read()
        except MalformedAnswer as error:
            log.info("%s; asking for it once more", error)
            yield from read()

    def _whole_in_bulk(self, thing: Thing, *, search: str | None = None) -> Iterator[Document]:
        (result,) = self.bulk.run(queries.bulk(thing, search=search))
        label = self.client.label
        if not thing.connections:
            yield from (landed(row, result.created_at) for row in rows(label, result))
            result.path.unlink()
            return
        for (part,) in trees(label, [Source(thing, result)], self.run.folder / thing.root):
            yield from (landed(tree, result.created_at) for tree in part.values())

    def _whole_by_pages(self, thing: Thing) -> Iterator[Document]:
        reader = Reader(self.client)
        for node, at in reader.pages(thing, size=settings.PLAIN_PER_PAGE):
            yield landed(node, at)
        self._tell_left(thing.root, reader.left)

    def _is_large(self, thing: Thing, window: Window, search: str | None) -> bool:
        """Whether a window is read in bulk: all there is, or more than pages read in good time."""
        if window.is_everything:
            return True
        if thing not in COUNTED:
            return False
        answer = self.client.ask(queries.count(thing), {"search": search}).data
        return int((answer.get(f"{thing.root}Count") or {}).get("count", 0)) > settings.BULK_ABOVE

    def _swept(self, name: str, thing: Thing, state: State, *, counted: bool = True) -> Iterator[Document]:
        """Tombstones, where a sweep of ids is due."""
        if self.run.request.is_explicit and not self.run.request.full:
            return
        yield FLUSH
        living = self.run.living(name, state)
        deletions = self._deletions(name)
        count = deletions.vendor_count(thing) if counted else None
        gap = living - count if count is not None else 0
        swept = cursor(state, SWEPT)
        overdue = swept is None or self.shop.at - swept > settings.SWEEP_EVERY
        if not (self.run.request.full or overdue or gap > int(state.get(GAP, 0))):
            return
        found = 0
        for tombstone in deletions.by_sweep(thing, hides_old=thing is ORDER):
            found += 1
            yield tombstone
        # What the vendor counts otherwise than it lists must not cause a sweep on every run.
        state[GAP] = max(0, gap - found)
        state[SWEPT] = self.shop.at.isoformat()
        self.run.recount(name, state, deletions.ours)

    def _deletions(self, name: str) -> Deletions:
        return Deletions(self.client, self.bulk, self.shop, self.run.history(name))

    def _without(self, resource: Resource, missing: list[str]) -> None:
        scopes = ", ".join(missing)
        if resource.optional:
            self.run.skip(resource, f"the token has no {scopes} (grant it to the app in the shop's admin)")
            return
        self.run.fail(
            resource,
            MissingScope(
                self.client.label,
                f"the token may not read {resource.name}: it has no {scopes}.",
                f"Grant {scopes} to the app in the shop's admin, install it again, and put its token into "
                f"{self.run.account.token_env}.",
            ),
        )
