"""What is gone at the shop, or was missed here. Never guessed: what seems gone is asked for by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from loaders.common.context import Run
from loaders.common.landing import FLUSH, Document
from loaders.common.windows import State, cursor
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.documents import Json, number
from loaders.woocommerce.lists import ById, Listing
from loaders.woocommerce.refusals import Gone
from loaders.woocommerce.site import Site

Found = tuple[Json, datetime]
Whole = Callable[[Iterable[Found]], Iterable[Document]]
# Keys of a resource's state: when ids were last compared, and how many the shop has without listing them.
SWEPT, GAP = "swept_at", "count_gap"


@dataclass
class Sweep:
    """Compares the ids of one resource with the log's, when that is due."""

    run: Run
    client: Client
    site: Site
    name: str
    route: str
    state: State
    # Ids that were read in this run: they are not in the log yet.
    seen: set[int] = field(default_factory=set)
    # The shop's rows, once they were compared.
    theirs: dict[int, Json] = field(default_factory=dict)

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents, as they pass."""
        for document in documents:
            self.seen.add(int(document.id))
            yield document

    def of_lists(self, lists: Sequence[Listing], whole: Whole, *, fields: str = "id") -> Iterator[Document]:
        """Tombstones, and what was missed, if the shop's counts or the time that has passed ask for it."""
        if self.run.request.is_explicit and not self.run.request.full:
            return
        yield FLUSH
        counts = list(self.client.crew.in_order(ById(self.client).count, lists))
        if not self._is_due(None if None in counts else sum(one or 0 for one in counts)):
            return
        for one in lists:
            for row, _ in ById(self.client).rows(one.narrowed(_fields=fields)):
                self.theirs[number(row)] = row
        yield from self._compared(set(self.theirs), whole)

    def of_whole_list(self, whole: Whole) -> Iterator[Document]:
        """The same for a list that was read whole anyway."""
        yield FLUSH
        if self._is_due(len(self.seen)):
            yield from self._compared(self.seen, whole)

    def existing(self, ids: Iterable[int]) -> Iterator[Found]:
        """Those of `ids` that the shop still has, each asked for."""
        for _, row, at in self.client.crew.in_order(self._single, ids):
            if row is not None:
                yield row, at

    def _is_due(self, theirs: int | None) -> bool:
        """Whether to compare, by how many the shop says it has and by the time that has passed."""
        gap = self.run.living(self.name, self.state) - theirs if theirs is not None else 0
        swept = cursor(self.state, SWEPT)
        if swept is None and not self.run.request.full and gap == 0:
            # A first load that has as many as the shop says.
            self.state[SWEPT] = self.site.at.isoformat()
            return False
        overdue = swept is None or self.site.at - swept > settings.SWEEP_EVERY
        return self.run.request.full or overdue or gap > int(self.state.get(GAP, 0))

    def _compared(self, theirs: set[int], whole: Whole) -> Iterator[Document]:
        history = self.run.history(self.name)
        ours = {int(identity) for identity in history.living()}
        hidden = 0
        for identity, row, at in self.client.crew.in_order(self._single, sorted(ours - theirs)):
            if row is None:
                yield history.tombstone(str(identity), at, gone_at=at if identity in self.seen else None)
            else:
                hidden += 1
                yield from whole([(row, at)])
        yield from whole(self.existing(sorted(theirs - ours - self.seen)))
        # What the shop has and does not list must not cause a sweep on every run.
        self.state[GAP] = hidden
        self.state[SWEPT] = self.site.at.isoformat()
        self.run.recount(self.name, self.state, len(ours))

    def _single(self, identity: int) -> tuple[int, Json | None, datetime]:
        try:
            answer = self.client.get(f"{self.route}/{identity}")
        except Gone as gone:
            return identity, None, gone.at
        return identity, answer.body, answer.at


def in_pieces(ids: Sequence[int], size: int = 1000) -> Iterator[list[str]]:
    """The log's ids, so many at a time."""
    for start in range(0, len(ids), size):
        yield [str(one) for one in ids[start : start + size]]
