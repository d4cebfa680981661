"""Joins the lines of bulk results into trees, in bounded memory.

With `groupObjects: false` the only order is "parents before children", so a child may follow its parent by a
gigabyte. Lines are first dealt out to parts on disk by the root they belong to; then one part at a time is
joined in memory. Results of several operations are dealt out alike, so that a part holds all of an order.
"""

from __future__ import annotations

import gc
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.common.errors import MalformedAnswer
from loaders.common.texts import parse
from loaders.shopify import settings
from loaders.shopify.bulk import Result
from loaders.shopify.documents import nest
from loaders.shopify.selections import Connection, Thing

Json = dict[str, Any]
PART_BUFFER = 2**15


@dataclass(frozen=True)
class Source:
    """A bulk result and the thing whose trees it holds."""

    thing: Thing
    result: Result


def rows(account: str, result: Result) -> Iterator[Json]:
    """The objects of a result whose things have no nested connections."""
    with result.path.open("rb") as file:
        for line in file:
            yield _object(account, line)


def trees(
    account: str, sources: list[Source], folder: Path, *, part_bytes: int = settings.JOIN_BYTES
) -> Iterator[list[dict[str, Json]]]:
    """Part by part, one dict (root id to tree) per source; no root is split between parts."""
    size = sum(source.result.path.stat().st_size for source in sources)
    count = min(settings.MOST_PARTS, size // part_bytes + 1)
    dealt = [
        _deal(account, source, folder / f"source-{number}", count) for number, source in enumerate(sources)
    ]
    for number in range(count):
        with _no_collection():
            joined = [
                _join(account, source.thing, paths[number])
                for source, paths in zip(sources, dealt, strict=True)
            ]
        yield joined
        for paths in dealt:
            paths[number].unlink()


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection while trees are built: they hold no cycles, and the search doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _deal(account: str, source: Source, folder: Path, count: int) -> list[Path]:
    """Deal the lines of one result out to `count` files by their root."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:04}.jsonl" for number in range(count)]
    # Only nodes that have children of their own are remembered: an agreement's part, for its sales.
    inner = tuple(end for one in source.thing.connections if one.children for end in one.types)
    parts: dict[str, int] = {}
    roots = 0
    files = [_Part(path) for path in paths]
    with source.result.path.open("rb") as lines:
        for line in lines:
            found = _object(account, line)
            parent = found.get("__parentId")
            if parent is None:
                roots += 1
                part = zlib.crc32(_id(account, found).encode()) % count
            else:
                part = parts.get(parent, zlib.crc32(parent.encode()) % count)
                if inner and str(found.get("__typename")).endswith(inner):
                    parts[_id(account, found)] = part
            files[part].write(line if line.endswith(b"\n") else line + b"\n")
    for file in files:
        file.flush()
    if source.result.roots and roots != source.result.roots:
        raise _malformed(account, f"a bulk result has {roots} roots instead of {source.result.roots}")
    source.result.path.unlink()
    return paths


class _Part:
    """A file of lines that is open only while it is written to: there may be thousands."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[bytes] = []
        self._size = 0
        path.write_bytes(b"")

    def write(self, line: bytes) -> None:
        self._waiting.append(line)
        self._size += len(line)
        if self._size >= PART_BUFFER:
            self.flush()

    def flush(self) -> None:
        with self._path.open("ab") as file:
            file.writelines(self._waiting)
        self._waiting.clear()
        self._size = 0


def _join(account: str, thing: Thing, path: Path) -> dict[str, Json]:
    roots: dict[str, Json] = {}
    children: dict[str, list[Json]] = defaultdict(list)
    with path.open("rb") as lines:
        for line in lines:
            found = _object(account, line)
            parent = found.pop("__parentId", None)
            if parent is None:
                roots[_id(account, found)] = found
            else:
                children[parent].append(found)
    for identity, root in roots.items():
        _attach(account, root, children.pop(identity, []), thing.connections, children)
    if children:
        raise _malformed(account, f"a bulk result has children without their parent ({next(iter(children))})")
    return roots


def _attach(
    account: str,
    parent: Json,
    found: list[Json],
    connections: tuple[Connection, ...],
    waiting: dict[str, list[Json]],
) -> None:
    """Give `parent` its children, each in the connection that its type belongs to, and theirs to them."""
    lists: dict[str, list[Json]] = {one.field: [] for one in connections}
    for child in found:
        typename = str(child.get("__typename"))
        connection = next((one for one in connections if one.takes(typename)), None)
        if connection is None:
            raise _malformed(account, f"a bulk result has a {typename} where none belongs")
        if connection.children:
            below = waiting.pop(_id(account, child), [])
            _attach(account, child, below, connection.children, waiting)
        lists[connection.field].append(child)
    for one in connections:
        parent[one.field] = nest(lists[one.field], one)


def _object(account: str, line: bytes) -> Json:
    try:
        found = parse(line)
    except ValueError:
        raise _malformed(account, f"a line of a bulk result is no JSON ({len(line)} bytes)") from None
    if not isinstance(found, dict):
        raise _malformed(account, "a line of a bulk result is no object")
    return found


def _id(account: str, found: Json) -> str:
    identity = found.get("id")
    if not isinstance(identity, str) or not identity:
        raise _malformed(account, "an object of a bulk result has no id")
    return identity


def _malformed(account: str, what: str) -> MalformedAnswer:
    return MalformedAnswer(
        account,
        f"{what}; what it belongs to was not landed.",
        "Load again; if it stays, report it with the vendor's status page at hand.",
    )
