"""WooCommerce's resources: which documents each one asks for, in which window, and where its cursor goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.common.context import Run
from loaders.common.days import Days, days_to_read, days_were_read
from loaders.common.errors import MissingScope
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.windows import State, Window, WindowEnd, advance, cursor, next_window
from loaders.woocommerce import configuration, settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.deletions import Found, Sweep, Whole
from loaders.woocommerce.documents import landed
from loaders.woocommerce.lists import ById, Listing
from loaders.woocommerce.order_loading import OrderLoading
from loaders.woocommerce.products import PRODUCTS, Products
from loaders.woocommerce.refusals import NoRoute
from loaders.woocommerce.reports import Reports
from loaders.woocommerce.resources import RESOURCES
from loaders.woocommerce.site import Site
from loaders.woocommerce.walking import Walk

COUPONS = f"{settings.API}/coupons"
CUSTOMERS = Listing(f"{settings.API}/customers", {"role": "all"})
TAXES = Listing(f"{settings.API}/taxes")
PRODUCT_LISTS = (Listing(PRODUCTS, {"status": "any"}), Listing(PRODUCTS, {"status": "trash"}))
COUPON_LISTS = (Listing(COUPONS),)
# The key of a resource's state: when everything was read again.
READ_WHOLE = "read_whole_at"


@dataclass
class WooCommerce:
    """The resources of one site in one run. `identity` is the site's address as the log knows it."""

    run: Run
    client: Client
    site: Site
    identity: str

    def resources(self) -> list[object]:
        """The dlt resources that this run wants; the settings always come along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "settings": lambda _: [configuration.document(self.client, self.site, self.identity)],
            "orders": lambda state: OrderLoading(self.run, self.client, self.site).documents(state),
            "products": self.products,
            "customers": lambda state: self._whole("customers", CUSTOMERS, state),
            "coupons": self.coupons,
            "taxes": lambda state: self._whole("taxes", TAXES, state),
            "revenue_reports": self.revenue_reports,
            "order_reports": lambda _: self.order_reports(),
        }
        return [
            self.run.resource(one, self._with_leave(one, read[one.name]))
            for one in RESOURCES
            if one.name in self.run.wanted or one.identity
        ]

    def products(self, state: State) -> Iterator[Document]:
        """Products that changed, with their variations; then what is gone."""
        yield from self._windowed("products", PRODUCT_LISTS, state, Products(self.client).whole)

    def coupons(self, state: State) -> Iterator[Document]:
        """Coupons that changed; then what is gone."""
        yield from self._windowed("coupons", COUPON_LISTS, state, _as_they_are)

    def revenue_reports(self, state: State) -> Iterator[Document]:
        """The report's days that are new or may still move."""
        reports = Reports(self.client, self.site)
        request = self.run.request
        days = days_to_read(
            state,
            request,
            today=self.site.local_day(self.site.at),
            look_back=settings.REPORT_LOOK_BACK_DAYS,
            first=reports.first_day,
        )
        yield from reports.revenue(days)
        days_were_read(state, request, days)

    def order_reports(self) -> Iterator[Document]:
        """The rows behind the days that were asked for."""
        first, last = self.run.request.since, self.run.request.until
        if first and last:
            yield from Reports(self.client, self.site).orders(Days(first.date(), last.date()))

    def _windowed(
        self, name: str, lists: Sequence[Listing], state: State, whole: Whole
    ) -> Iterator[Document]:
        """What changed since the last window; once a week everything, as not all changes leave a mark."""
        window = next_window(state, self.run.request, overlap=settings.OVERLAP)
        last_whole = cursor(state, READ_WHOLE)
        if last_whole is None or self.site.at - last_whole > settings.SWEEP_EVERY:
            window = window if self.run.request.is_explicit else Window()
        clock = WindowEnd()
        sweep = self._sweep(name, lists[0].route, state)
        for one in lists:
            rows = self._everything(one) if window.is_everything else self._walked(one, window)
            yield from sweep.watch(clock.watch(whole(rows)))
        advance(state, clock.end(), self.run.request)
        if window.is_everything:
            advance(state, self.site.at, self.run.request, key=READ_WHOLE)
        yield from sweep.of_lists(lists, whole)

    def _walked(self, one: Listing, window: Window) -> Iterator[Found]:
        return Walk(self.client, self.site, one).rows(window)

    def _everything(self, one: Listing) -> Iterator[Found]:
        """All rows by their ids: some have no time of change at all."""
        return ById(self.client).rows(one)

    def _whole(self, name: str, listing: Listing, state: State) -> Iterator[Document]:
        """A list that is read whole every time, as the vendor cannot tell what changed."""
        sweep = self._sweep(name, listing.route, state)
        yield from sweep.watch(_as_they_are(ById(self.client).rows(listing)))
        yield from sweep.of_whole_list(_as_they_are)

    def _sweep(self, name: str, route: str, state: State) -> Sweep:
        return Sweep(self.run, self.client, self.site, name, route, state)

    def _with_leave(
        self, resource: Resource, read: Callable[[State], Iterable[Document]]
    ) -> Callable[[State], Iterable[Document]]:
        """A resource that the house can do without is skipped, visibly, where it may not be read."""
        if not resource.optional:
            return read

        def documents(state: State) -> Iterator[Document]:
            try:
                yield from read(state)
            except (MissingScope, NoRoute) as error:
                self.run.skip(resource, f"{error.cause} {error.remedy}")

        return documents


def _as_they_are(found: Iterable[Found]) -> Iterator[Document]:
    for row, at in found:
        yield landed(row, at)
