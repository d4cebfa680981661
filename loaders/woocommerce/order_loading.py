"""One run's orders: those that changed, those that a refund did not mark, those that are gone.

changed (also in the trash) ─► refunds of each ─┐
refunds made since the last run ─► their orders ├─► documents ─► the log
due: ids, trash and refunds against the log ────┘
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.common.context import Run
from loaders.common.landing import Document
from loaders.common.texts import parse
from loaders.common.windows import State, Window, WindowEnd, advance, cursor, next_window
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.deletions import Sweep, in_pieces
from loaders.woocommerce.documents import number
from loaders.woocommerce.lists import Listing
from loaders.woocommerce.orders import ORDERS, TRASH, Orders
from loaders.woocommerce.refunds import Refunds
from loaders.woocommerce.site import Site
from loaders.woocommerce.walking import Walk

# The vendor's "any" leaves the trash out.
LISTS = (Listing(ORDERS, {"status": "any"}), Listing(ORDERS, {"status": TRASH}))
# Key of the resource's state: until when refunds were listed.
REFUNDS_UNTIL = "refunds_until"


@dataclass
class OrderLoading:
    """The orders of one site in one run."""

    run: Run
    client: Client
    site: Site
    orders: Orders = field(init=False)
    refunds: Refunds = field(init=False)

    def __post_init__(self) -> None:
        self.orders = Orders(self.client)
        self.refunds = Refunds(self.client, self.site)

    def documents(self, state: State) -> Iterator[Document]:
        """Whole orders of the window, then what a window does not show."""
        request = self.run.request
        window = next_window(state, request, overlap=settings.OVERLAP)
        sweep = Sweep(self.run, self.client, self.site, "orders", ORDERS, state)
        # Asked before the orders are: a refund that is made meanwhile is the next run's.
        refunded = self._refunded(window, state)
        if window.is_everything:
            self.orders.refunded = refunded
        clock = WindowEnd()
        for one in LISTS:
            rows = Walk(self.client, self.site, one).rows(window)
            yield from sweep.watch(clock.watch(self.orders.whole(rows)))
        if not request.is_explicit:
            if not window.is_everything:
                yield from sweep.watch(self._unmarked(refunded, sweep))
            advance(state, self.site.at, request, key=REFUNDS_UNTIL)
        advance(state, clock.end(before=self.orders.unsettled), request)
        yield from sweep.of_lists(LISTS, self.orders.whole, fields="id,status,refunds")
        if sweep.theirs:
            yield from self.orders.whole(sweep.existing(self._stale(sweep)))
        self._tell()

    def _refunded(self, window: Window, state: State) -> dict[int, set[int]] | None:
        """Orders with refunds: all of them for everything, those refunded since the last run otherwise."""
        if window.is_everything:
            return self.refunds.by_order()
        if self.run.request.is_explicit:
            return {}
        listed = cursor(state, REFUNDS_UNTIL)
        return self.refunds.by_order(listed - settings.REFUND_OVERLAP if listed else None)

    def _unmarked(self, refunded: dict[int, set[int]] | None, sweep: Sweep) -> Iterator[Document]:
        """Orders whose refunds may have changed without a mark on the order."""
        if refunded is None:
            recent = self.refunds.recently_placed()
            yield from self.orders.whole(one for one in recent if number(one[0]) not in self.orders.done)
        else:
            yield from self.orders.whole(sweep.existing(sorted(refunded.keys() - self.orders.done)))

    def _stale(self, sweep: Sweep) -> list[int]:
        """Orders whose refunds, or whose place in the trash, are other than the log has them."""
        theirs = self.refunds.by_order()
        if theirs is None:
            theirs = {
                key: {number(one) for one in row.get("refunds") or ()} for key, row in sweep.theirs.items()
            }
        history = self.run.history("orders")
        refunds: dict[int, set[int]] = {}
        trashed = set()
        some = {*history.ids_like('%"refund_documents":[{%'), *history.ids_like(f'%"status":"{TRASH}"%')}
        for ids in in_pieces(sorted(int(one) for one in some)):
            for identity, text in history.documents(ids):
                order = parse(text.encode())
                refunds[int(identity)] = {number(one) for one in order["refund_documents"]}
                if order.get("status") == TRASH:
                    trashed.add(int(identity))
        return sorted(
            identity
            for identity, row in sweep.theirs.items()
            if identity not in self.orders.done
            and (
                theirs.get(identity, set()) != refunds.get(identity, set())
                or (row.get("status") == TRASH) != (identity in trashed)
            )
        )

    def _tell(self) -> None:
        left, bare = self.orders.left, self.orders.bare
        if left:
            self.run.report.warn(
                f"{len(left)} orders kept changing while they were read ({left[0]} …): "
                "the next run reads them"
            )
        if bare:
            shown = ", ".join(str(one) for one in bare[:5]) + (" …" if bare[5:] else "")
            self.run.report.warn(
                f"{len(bare)} orders say that they are refunded and have no refund ({shown}): their money "
                "counts in full until the shop tells its refunds"
            )
