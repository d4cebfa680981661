"""Batches of documents: what is new, what is the same, how big they get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa

from loaders.common.landing import BATCH_BYTES, DELETED, FLUSH, Batcher, Document, NoHistory, digest

AT = datetime(2026, 11, 1, tzinfo=UTC)


class Landed:
    def __init__(self, **hashes: str) -> None:
        self.hashes = hashes

    def latest(self, ids: Sequence[str]) -> Mapping[str, str]:
        return {one: self.hashes[one] for one in ids if one in self.hashes}


def document(identity: str, body: bytes | None = b"{}") -> Document:
    return Document(identity, body, AT, AT)


def rows(tables: list[pa.Table]) -> list[tuple[str, str | None]]:
    return [(row["id"], row["document"]) for table in tables for row in table.to_pylist()]


def test_a_document_equal_to_its_latest_version_is_left_out() -> None:
    batcher = Batcher("a", Landed(one=digest(b"1"), two=digest(b"old")))
    found = rows(
        list(batcher.tables([document("one", b"1"), document("two", b"2"), document("three", b"3")]))
    )
    assert found == [("two", "2"), ("three", "3")]
    assert (batcher.landed.rows, batcher.landed.unchanged, batcher.landed.born) == (2, 1, 1)


def test_repeats_within_a_run_are_left_out_across_batches_too() -> None:
    batcher = Batcher("a", NoHistory())
    stream = [
        document("one", b"1"),
        document("one", b"1"),
        FLUSH,
        document("one", b"1"),
        document("one", b"2"),
    ]
    assert rows(list(batcher.tables(stream))) == [("one", "1"), ("one", "2")]
    assert (batcher.landed.unchanged, batcher.landed.born) == (2, 1)


def test_a_version_that_returns_after_another_one_lands_again() -> None:
    batcher = Batcher("a", Landed(one=digest(b"2")))
    assert rows(list(batcher.tables([document("one", b"1")]))) == [("one", "1")]


def test_a_tombstone_lands_once_and_what_returns_lives_again() -> None:
    batcher = Batcher("a", Landed(gone=DELETED, here=digest(b"1"), back=DELETED))
    found = rows(
        list(batcher.tables([document("gone", None), document("here", None), document("back", b"1")]))
    )
    assert found == [("here", None), ("back", "1")]
    assert (batcher.landed.tombstones, batcher.landed.died, batcher.landed.born) == (1, 1, 1)


def test_batches_are_bounded_by_bytes() -> None:
    body = b'"' + b"x" * (BATCH_BYTES // 3) + b'"'
    tables = list(Batcher("a", NoHistory()).tables(document(str(n), body) for n in range(9)))
    assert [table.num_rows for table in tables] == [3, 3, 3]


def test_tables_have_the_one_shape_and_keep_the_text_as_it_is() -> None:
    text = '{"note":"a\\u0000b \\ud83d\\ude00 ü"}'
    (table,) = Batcher("kiwi", NoHistory()).tables([Document("1", text.encode(), None, AT)])
    assert table.column_names == [
        *("account_id", "id", "updated_at", "observed_at", "is_deleted", "document", "document_hash"),
    ]
    (row,) = table.to_pylist()
    assert row["document"] == text
    assert row["account_id"] == "kiwi"
    assert row["updated_at"] is None
    assert row["is_deleted"] is False
