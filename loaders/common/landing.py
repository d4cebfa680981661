"""From documents to Arrow tables of the raw log's one shape; what is already landed is left out.

This is the tight part of a load: documents stay the bytes they are, are hashed once, and reach the
warehouse in bounded batches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import pyarrow as pa

DELETED = "deleted"
BATCH_DOCUMENTS = 2_000
BATCH_BYTES = 4 * 2**20
# Ids remembered within one run, to catch what the vendor sends twice; far enough for pages that shift.
REMEMBERED = 250_000

SCHEMA = pa.schema(
    [
        pa.field("account_id", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("updated_at", pa.timestamp("us", tz="UTC")),
        pa.field("observed_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("is_deleted", pa.bool_(), nullable=False),
        pa.field("document", pa.string()),
        pa.field("document_hash", pa.string(), nullable=False),
    ]
)


def digest(body: bytes) -> str:
    """128 bits of SHA-256: processors compute it fastest, and short hashes keep the rows small."""
    return hashlib.sha256(body, usedforsecurity=False).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Document:
    """One whole thing as the vendor sent it; `body` None is a tombstone.

    `hashed` stands for the body where parts of it, as a used-up quota, make no new version.
    """

    id: str
    body: bytes | None
    updated_at: datetime | None
    observed_at: datetime
    hashed: bytes | None = None


# In a stream of documents: hand on what came before. Whoever needs the figures in `Landed` sends it first.
FLUSH = Document("", None, None, datetime.min.replace(tzinfo=UTC))


@dataclass
class Landed:
    """What became of a resource's documents."""

    rows: int = 0
    unchanged: int = 0
    tombstones: int = 0
    # Ids that had no living version before; with the tombstones, the change in the number of living ids.
    born: int = 0
    died: int = 0


class History(Protocol):
    """Answers for the versions already in the log."""

    def latest(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The hash of the latest landed version of each of `ids` that has one."""


class NoHistory:
    """A log that is known to be empty."""

    def latest(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Nothing."""
        return {}


@dataclass
class Batcher:
    """Collects documents of one account and resource, and hands on those that say something new."""

    account_id: str
    history: History
    landed: Landed = field(default_factory=Landed)

    def __post_init__(self) -> None:
        self._seen: dict[str, str] = {}

    def tables(self, documents: Iterable[Document]) -> Iterator[pa.Table]:
        """Bounded tables of the new versions among `documents`, in their order."""
        batch: list[Document] = []
        size = 0
        for document in documents:
            if document is FLUSH:
                yield from self._table(batch)
                batch, size = [], 0
                continue
            batch.append(document)
            size += len(document.body or b"")
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
                yield from self._table(batch)
                batch, size = [], 0
        yield from self._table(batch)

    def _table(self, batch: list[Document]) -> Iterator[pa.Table]:
        known = self._known(batch)
        kept: list[Document] = []
        hashes: list[str] = []
        for document in batch:
            body = document.body
            new = DELETED if body is None else digest(document.hashed or body)
            old = known.get(document.id)
            if old == new:
                self.landed.unchanged += 1
                continue
            known[document.id] = new
            kept.append(document)
            hashes.append(new)
            self._count(old, new)
        self._remember(batch, known)
        if kept:
            yield self._arrow(kept, hashes)

    def _known(self, batch: list[Document]) -> dict[str, str]:
        seen = self._seen
        known = dict(self.history.latest([one.id for one in batch if one.id not in seen]))
        if seen:
            known.update({one.id: seen[one.id] for one in batch if one.id in seen})
        return known

    def _remember(self, batch: list[Document], known: Mapping[str, str]) -> None:
        if len(self._seen) > REMEMBERED:
            self._seen.clear()
        for document in batch:
            self._seen[document.id] = known[document.id]

    def _count(self, old: str | None, new: str) -> None:
        self.landed.rows += 1
        if new == DELETED:
            self.landed.tombstones += 1
            self.landed.died += old is not None
        elif old is None or old == DELETED:
            self.landed.born += 1

    def _arrow(self, kept: list[Document], hashes: list[str]) -> pa.Table:
        stamp = pa.timestamp("us", tz="UTC")
        columns: list[Any] = [
            pa.array([self.account_id] * len(kept), pa.string()),
            pa.array([one.id for one in kept], pa.string()),
            pa.array([one.updated_at for one in kept], stamp),
            pa.array([one.observed_at for one in kept], stamp),
            pa.array([one.body is None for one in kept], pa.bool_()),
            pa.array([one.body for one in kept], pa.string()),
            pa.array(hashes, pa.string()),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMA)
