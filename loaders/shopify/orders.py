"""Whole orders. No one query reads an order: head, ledger and refunds are read apart and joined.

An order is taken only if all of its parts show the same `updatedAt` and no list of it may have been cut;
otherwise it is read again on its own, until it holds still.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loaders.common.errors import VendorTrouble
from loaders.common.landing import Document
from loaders.shopify import queries, settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.client import Client
from loaders.shopify.documents import flatten, landed
from loaders.shopify.joining import Source, trees
from loaders.shopify.journeys import Journeys
from loaders.shopify.reading import ChangedMeanwhile, Reader
from loaders.shopify.selections import LEDGER, ORDER, ORDER_ALONE, REFUND, Thing

log = logging.getLogger(__name__)
Json = dict[str, Any]
LISTS = ("transactions", "fulfillments", "refunds")


@dataclass
class Orders:
    """The orders of one shop, each as one complete document."""

    client: Client
    bulk: Bulk
    warn: Callable[[str], None]
    journeys: Journeys = field(default_factory=Journeys)
    reread: int = 0
    _reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self._reader = Reader(self.client)

    @property
    def thing(self) -> Thing:
        """What is read of an order's head."""
        return ORDER if self.journeys.are_visible else ORDER_ALONE

    @property
    def left(self) -> list[str]:
        """Orders that would not hold still."""
        return self._reader.left

    @property
    def unsettled(self) -> datetime | None:
        """The earliest change of one of them: the window must not end after it."""
        return self._reader.unsettled

    def in_bulk(self, search: str | None) -> Iterator[Document]:
        """The orders that a search finds, read by two bulk operations and refunds by their ids."""
        heads, ledgers = self.bulk.run(
            queries.bulk(self.thing, search=search), queries.bulk(LEDGER, search=search)
        )
        sources = [Source(self.thing, heads), Source(LEDGER, ledgers)]
        for part, ledger in trees(self.client.label, sources, self.bulk.folder / "orders"):
            yield from self._assemble(((head, heads.created_at) for head in part.values()), ledger)

    def by_pages(self, search: str | None, *, sort: str = "UPDATED_AT") -> Iterator[Document]:
        """The orders that a search finds, read by ordinary queries in order of their change."""
        batch: list[tuple[Json, datetime]] = []
        for found in self._reader.pages(self.thing, size=settings.ORDERS_PER_PAGE, sort=sort, search=search):
            batch.append(found)
            if len(batch) >= 4 * settings.ORDERS_PER_PAGE:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def by_ids(self, ids: list[str]) -> Iterator[Document]:
        """Those of these orders that still exist."""
        for start in range(0, len(ids), settings.ORDERS_PER_PAGE):
            some = ids[start : start + settings.ORDERS_PER_PAGE]
            yield from self._read(list(self._reader.by_id(self.thing, some)))

    def _read(self, batch: list[tuple[Json, datetime]]) -> Iterator[Document]:
        ids = [str(head["id"]) for head, _ in batch]
        yield from self._assemble(batch, self._nodes(LEDGER, ids, size=settings.ORDERS_PER_PAGE))

    def _assemble(
        self, heads: Iterable[tuple[Json, datetime]], ledgers: dict[str, Json]
    ) -> Iterator[Document]:
        waiting = list(heads)
        wanted = [refund["id"] for head, _ in waiting for refund in head["refunds"]]
        refunds = self._nodes(REFUND, wanted, size=settings.REFUNDS_PER_REQUEST)
        for head, at in waiting:
            if _is_cut(head, settings.LIST_LENGTH) or not _join(head, ledgers.get(head["id"]), refunds):
                yield from self._singly(str(head["id"]))
            else:
                yield self._landed(head, at)

    def _singly(self, identity: str) -> Iterator[Document]:
        """One order on its own: nothing if it is gone."""
        self.reread += 1
        text = queries.nodes(self.thing.single())
        head: Json | None = None
        for _ in range(settings.READS_OF_ONE_ORDER):
            _, head, at = next(self.client.nodes(text, [identity], size=1))
            if head is None:
                return
            try:
                self._reader.complete(self.thing, head)
            except ChangedMeanwhile:
                continue
            flatten(head, self.thing)
            ledger = self._nodes(LEDGER, [identity], size=1).get(identity)
            refunds = self._nodes(REFUND, [refund["id"] for refund in head["refunds"]], size=1)
            if _join(head, ledger, refunds):
                if _is_cut(head, settings.LIST_LENGTH_AGAIN):
                    self.warn(f"order {identity} has lists that the vendor does not hand out in full")
                yield self._landed(head, at)
                return
        self._leave(identity, head)

    def _landed(self, head: Json, at: datetime) -> Document:
        self.journeys.note(head, at)
        return landed(head, at)

    def _leave(self, identity: str, head: Json | None) -> None:
        self._reader.leave({**(head or {}), "id": identity})
        if len(self.left) > settings.ORDERS_LEFT:
            raise VendorTrouble(
                self.client.label,
                f"the parts of {len(self.left)} orders do not fit each other ({identity} and others); "
                "they were not landed.",
                "Load again later; if it stays, report it.",
            )

    def _nodes(self, thing: Thing, ids: list[str], *, size: int) -> dict[str, Json]:
        """Whole flat nodes by id; one that is gone, or changes while it is read, is absent."""
        found: dict[str, Json] = {}
        for identity, node, _ in self.client.nodes(queries.nodes(thing), ids, size=size):
            if node is None:
                continue
            try:
                self._reader.complete(thing, node)
            except ChangedMeanwhile:
                continue
            flatten(node, thing)
            found[identity] = node
        return found


def _join(head: Json, ledger: Json | None, refunds: dict[str, Json]) -> bool:
    """Put ledger and refunds into the head, if all of them show the same state of the order."""
    state = head["updatedAt"]
    parts = [refunds.get(refund["id"]) for refund in head["refunds"]]
    if ledger is None or ledger["updatedAt"] != state:
        return False
    if any(part is None or part["order"]["updatedAt"] != state for part in parts):
        return False
    head["agreements"] = ledger["agreements"]
    for refund, part in zip(head["refunds"], parts, strict=True):
        refund.update({one.field: part[one.field] for one in REFUND.connections if part})
    return True


def _is_cut(head: Json, length: int) -> bool:
    """Whether a plain list may lack its end: it is as long as asked for, or shorter than its own count."""
    for name in LISTS:
        have = len(head[name])
        count = head.get(f"{name}Count") or {}
        if have >= length or (count.get("precision") == "EXACT" and have < count["count"]):
            return True
    return False
