"""What is gone at the vendor. Never guessed: what seems gone is asked for by its id before it is buried."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from loaders.common.landing import DELETED, Document
from loaders.common.tables import WarehouseHistory
from loaders.common.texts import parse
from loaders.shopify import queries, settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.client import Client, Shop
from loaders.shopify.documents import moment
from loaders.shopify.joining import rows
from loaders.shopify.selections import Thing

log = logging.getLogger(__name__)


@dataclass
class Deletions:
    """Tombstones for one resource."""

    client: Client
    bulk: Bulk
    shop: Shop
    history: WarehouseHistory
    # The time of the last event seen, and the number of living things found, for the caller's state.
    last_event: datetime | None = None
    ours: int = 0

    def by_events(self, since: datetime | None) -> Iterator[Document]:
        """Products that an event says were destroyed, with the event's time."""
        search = "action:destroy subject_type:PRODUCT"
        if since:
            search = f"{search} {queries.window(since, None, field='created_at')}"
        gone: dict[str, datetime] = {}
        for nodes, at in self.client.pages(
            queries.DELETIONS, "events", size=settings.MOST_PER_PAGE, search=search
        ):
            for event in nodes:
                if event.get("action") == "destroy" and event.get("subjectType") == "PRODUCT":
                    when = moment(event.get("createdAt")) or at
                    gone[str(event["subjectId"])] = when
                    self.last_event = max(self.last_event or when, when)
        ours = self.history.latest(sorted(gone))
        for identity, at in self._gone([one for one, digest in ours.items() if digest != DELETED]):
            yield self.history.tombstone(identity, at, gone_at=gone[identity])

    def vendor_count(self, thing: Thing) -> int | None:
        """How many the vendor has; None where it does not say it exactly."""
        found = self.client.ask(queries.count(thing), {"search": None}).data.get(f"{thing.root}Count") or {}
        return int(found["count"]) if found.get("precision") == "EXACT" else None

    def by_sweep(self, thing: Thing, *, hides_old: bool = False) -> Iterator[Document]:
        """Living ids of ours that are not among all of the vendor's, from one complete bulk read.

        Where old orders are hidden from us (`hides_old`), one that is older than what is visible is left
        alone: not to be seen is not to be deleted.
        """
        (result,) = self.bulk.run(queries.bulk_ids(thing))
        there = {str(row["id"]) for row in rows(self.client.label, result)}
        ours = list(self.history.living())
        self.ours = len(ours)
        missing = sorted(identity for identity in ours if identity not in there)
        result.path.unlink()
        if hides_old and not self.shop.sees_all_orders:
            missing = list(self._visible(missing, result.created_at - settings.HIDDEN_AFTER))
        for identity, at in self._gone(missing):
            yield self.history.tombstone(identity, at, gone_at=at)

    def _visible(self, ids: list[str], edge: datetime) -> Iterator[str]:
        for start in range(0, len(ids), 1000):
            for identity, document in self.history.documents(ids[start : start + 1000]):
                created = moment(parse(document.encode()).get("createdAt"))
                if created and created > edge:
                    yield identity

    def _gone(self, ids: Iterable[str]) -> Iterator[tuple[str, datetime]]:
        """Those of `ids` that the vendor, asked for each, no longer has."""
        for identity, node, at in self.client.nodes(
            queries.STILL_THERE, list(ids), size=settings.MOST_PER_PAGE
        ):
            if node is None:
                yield identity, at
