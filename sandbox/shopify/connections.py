"""Pages of connections: keyset cursors over a sorted collection, or over a short list inside an object."""

import base64
import binascii
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sandbox.shopify.engine.errors import bad_request
from sandbox.shopify.search import Search

LARGEST_PAGE = 250
BULK_HINT = "https://shopify.dev/docs/api/usage/bulk-operations/queries"
Key = tuple[Any, int]


class Page(dict[str, Any]):
    """A connection's value; edges and cursors are made only where they are selected."""

    __slots__ = ("backward", "forward", "marks", "rows")

    def __init__(self, rows: list[Any], marks: Sequence[Key], *, forward: bool, backward: bool) -> None:
        self.rows = rows
        self.marks = marks
        self.forward = forward
        self.backward = backward

    def __missing__(self, name: str) -> Any:
        value = self[name] = getattr(self, f"_{name}")()
        return value

    def _nodes(self) -> list[Any]:
        return self.rows

    def _edges(self) -> list[dict[str, Any]]:
        pairs = zip(self.rows, self.marks, strict=True)
        return [_Edge(node, key) for node, key in pairs]

    def _pageInfo(self) -> dict[str, Any]:  # noqa: N802 - the vendor's field name
        return {
            "hasNextPage": self.forward,
            "hasPreviousPage": self.backward,
            "startCursor": encode_cursor(self.marks[0]) if self.marks else None,
            "endCursor": encode_cursor(self.marks[-1]) if self.marks else None,
        }


class _Edge(dict[str, Any]):
    __slots__ = ("key",)

    def __init__(self, node: Any, key: Key) -> None:
        self["node"] = node
        self.key = key

    def __missing__(self, name: str) -> Any:
        return encode_cursor(self.key)


def encode_cursor(key: Key) -> str:
    """The vendor's cursor: the row's id and its value under the sort key."""
    value, number = key
    shown = value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
    return base64.b64encode(json.dumps({"last_id": number, "last_value": shown}).encode()).decode()


def decode_cursor(cursor: str, *, like: Any) -> Key:
    """The key in a cursor; `like` is any value of the sort key, whose type the cursor's must have."""
    try:
        read = json.loads(base64.b64decode(cursor, validate=True))
        number, value = int(read["last_id"]), read["last_value"]
        if isinstance(like, datetime):
            value = datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
        elif type(value) is not type(like) and like is not None:
            raise ValueError(value)
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise bad_request("Invalid cursor for current pagination sort.") from None
    return value, number


def page_size(arguments: dict[str, Any]) -> tuple[int, bool]:
    """How many rows are asked for, and whether from the front."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is None and last is None:
        raise bad_request("you must provide one of first or last")
    if first is not None and last is not None:
        raise bad_request("providing both first and last is not supported")
    name = "last" if first is None else "first"
    size: int = arguments[name]
    if size > LARGEST_PAGE:
        raise bad_request(
            f"{name} cannot exceed {LARGEST_PAGE}. To fetch more than {LARGEST_PAGE} items, "
            f"use bulk operations instead: {BULK_HINT}"
        )
    if size < 0:
        raise bad_request(f"{name} must be a non-negative number")
    return size, name == "first"


class Sorted:
    """A collection in the order of one sort key."""

    def __init__(self, rows: list[Any], value: Callable[[Any], Any], bound: str | None) -> None:
        pairs = sorted(((value(row), row.id), place) for place, row in enumerate(rows))
        self.keys: list[Key] = [key for key, _ in pairs]
        self.rows = [rows[place] for _, place in pairs]
        self.bound = bound  # the search field that filters on the same value

    def page(
        self, arguments: dict[str, Any], search: Search, *, seen: Callable[[Any], bool], overlap: int = 0
    ) -> tuple[list[Any], list[Key], bool, bool]:
        """Rows, their keys, and whether there are more behind and before them.

        `overlap` rows of the previous page come again: rows move while a client pages.
        """
        size, from_front = page_size(arguments)
        low, high = self._window(arguments, search)
        if overlap and arguments.get("after"):
            low, high = (
                (low, min(len(self.keys), high + overlap))
                if arguments["reverse"]
                else (
                    max(0, low - overlap),
                    high,
                )
            )
        ascending = from_front != bool(arguments.get("reverse"))
        places = range(low, high) if ascending else range(high - 1, low - 1, -1)
        match = search.match
        found: list[int] = []
        for place in places:
            row = self.rows[place]
            if match(row) and seen(row):
                found.append(place)
                if len(found) > size:
                    break
        more = len(found) > size
        found = found[:size] if from_front else found[:size][::-1]
        edge = bool(arguments.get("after") if from_front else arguments.get("before"))
        keys = [self.keys[place] for place in found]
        return (
            [self.rows[place] for place in found],
            keys,
            more if from_front else edge,
            edge if from_front else more,
        )

    def matching(self, search: Search, seen: Callable[[Any], bool], *, reverse: bool = False) -> list[Any]:
        """Every row the search finds, in order."""
        low, high = self._window({}, search)
        rows = [row for row in self.rows[low:high] if search.match(row) and seen(row)]
        return rows[::-1] if reverse else rows

    def _window(self, arguments: dict[str, Any], search: Search) -> tuple[int, int]:
        low, high = 0, len(self.keys)
        bounds = search.bounds.get(self.bound) if self.bound else None
        if bounds:
            low = low if bounds[0] is None else bisect_left(self.keys, (bounds[0],))
            high = high if bounds[1] is None else bisect_right(self.keys, (bounds[1], float("inf")))
        after, before = arguments.get("after"), arguments.get("before")
        if arguments.get("reverse"):
            after, before = before, after
        like = self.keys[0][0] if self.keys else None
        if after:
            low = max(low, bisect_right(self.keys, decode_cursor(after, like=like)))
        if before:
            high = min(high, bisect_left(self.keys, decode_cursor(before, like=like)))
        return low, high


def page_of_list(rows: list[Any], arguments: dict[str, Any]) -> Page:
    """A page of a list inside an object; a row's cursor is its place in the list."""
    size, from_front = page_size(arguments)
    ordered = rows[::-1] if arguments.get("reverse") else rows
    low, high = 0, len(ordered)
    if arguments.get("after"):
        low = decode_cursor(arguments["after"], like=0)[0] + 1
    if arguments.get("before"):
        high = min(high, decode_cursor(arguments["before"], like=0)[0])
    low = min(low, high)
    start, end = (low, min(high, low + size)) if from_front else (max(low, high - size), high)
    keys = [(place, place) for place in range(start, end)]
    return Page(ordered[start:end], keys, forward=end < len(ordered), backward=start > 0)
