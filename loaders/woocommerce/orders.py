"""Whole orders: each with its refunds, which are documents of their own at the vendor.

An order carries a short list of its refunds. Where that differs from the refunds themselves, the order was
read before or after one of them, and is read again until both agree; some shops keep that list empty
whatever there is, so it is a hint and no more.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from loaders.common.errors import VendorTrouble
from loaders.common.landing import Document
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.documents import MODIFIED, Json, landed, moment, number
from loaders.woocommerce.lists import ById, Listing
from loaders.woocommerce.refusals import Gone

ORDERS = f"{settings.API}/orders"
REFUNDED = "refunded"
TRASH = "trash"
Found = tuple[Json, datetime]


@dataclass
class Orders:
    """The orders of one shop, each as one complete document."""

    client: Client
    # Orders that have refunds, where the shop lists all of them; None where every order has to be asked.
    refunded: Container[int] | None = None
    # Orders that were read with their refunds in this run.
    done: set[int] = field(default_factory=set)
    # Orders whose status says refunded, and that have no refund.
    bare: list[int] = field(default_factory=list)
    # The earliest change of an order that would not hold still: the window must not end after it.
    unsettled: datetime | None = None
    left: list[int] = field(default_factory=list)

    def whole(self, found: Iterable[Found]) -> Iterator[Document]:
        """The documents of orders, their refunds read side by side; without those that are gone meanwhile."""
        for read in self.client.crew.in_order(self._whole, found, lead=settings.PER_PAGE):
            if read is not None:
                yield self._noted(*read)

    def _noted(self, order: Json, at: datetime) -> Document:
        identity = number(order)
        self.done.add(identity)
        if order.get("status") == REFUNDED and not order["refund_documents"]:
            self.bare.append(identity)
        return landed(order, at)

    def _whole(self, found: Found) -> Found | None:
        """An order with its refunds; None where it is gone or does not hold still."""
        head, at = found
        if self._has_none(head):
            return {**head, "refund_documents": []}, at
        for _ in range(settings.READS_OF_ONE_ORDER):
            refunds = self._refunds(number(head))
            if _agree(head, refunds):
                return {**head, "refund_documents": refunds}, at
            again = self._head(number(head))
            if again is None:
                return None
            if again[0].get(MODIFIED) == head.get(MODIFIED) and (
                _agree(again[0], refunds) or _hint(again[0]) == _hint(head)
            ):
                return {**again[0], "refund_documents": refunds}, again[1]
            head, at = again
        self._leave(head)
        return None

    def _has_none(self, head: Json) -> bool:
        """Whether the shop's own list of all refunds, read before, has none of this order."""
        if self.refunded is None or number(head) in self.refunded:
            return False
        return not head.get("refunds") and head.get("status") != REFUNDED

    def _head(self, identity: int) -> Found | None:
        try:
            answer = self.client.get(f"{ORDERS}/{identity}")
        except Gone:
            return None
        return answer.body, answer.at

    def _refunds(self, identity: int) -> list[Json]:
        """All refunds of an order, by id; an order in the trash may not tell them any more."""
        try:
            rows = ById(self.client).rows(Listing(f"{ORDERS}/{identity}/refunds"), alone=True)
            return [row for row, _ in rows]
        except Gone:
            return []

    def _leave(self, head: Json) -> None:
        self.left.append(number(head))
        if len(self.left) > settings.ORDERS_LEFT:
            raise VendorTrouble(
                self.client.label,
                f"{len(self.left)} orders keep changing while they are read ({self.left[0]} and others).",
                "Load again later, when the shop is at rest; if it stays, report it.",
            )
        changed = moment(head.get(MODIFIED))
        if changed and (self.unsettled is None or changed < self.unsettled):
            self.unsettled = changed


def _hint(head: Json) -> list[int] | None:
    """The ids of an order's refunds as the order lists them; None where it lists nothing."""
    listed = head.get("refunds")
    return sorted(number(one) for one in listed) if isinstance(listed, list) else None


def _agree(head: Json, refunds: list[Json]) -> bool:
    hint = _hint(head)
    return hint is None or hint == [number(one) for one in refunds]
