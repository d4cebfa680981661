"""Collections: which rows a request means, in which order, and which page of them.

A page is cut by position, so a row that joins, leaves or moves while somebody reads shifts all that follow.
"""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from sandbox.woocommerce.arguments import Arguments
from sandbox.woocommerce.dates import Bound, Column, passes

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
KEPT_QUERIES = 16


@dataclass(slots=True)
class Row:
    """What can be asked of a thing; `source` is the business's."""

    id: int
    source: Any
    created: datetime
    modified: datetime = NEVER
    status: str = ""
    parent: int = 0
    title: str = ""
    slug: str = ""
    owner: Any = None  # the order of a refund, the product of a variation


@dataclass(frozen=True)
class Sort:
    """An order of rows; ties are broken by id where `tie` says so, else by position."""

    key: Callable[[Row], Any]
    column: Column | None = None  # the date filter on the same value
    tie: bool = True


BY_ID = Sort(lambda row: row.id, tie=False)
SORTS: dict[str, Sort] = {
    "id": BY_ID,
    "date": Sort(lambda row: row.created, "created"),
    "modified": Sort(lambda row: row.modified, "modified"),
    "title": Sort(lambda row: row.title.lower(), tie=False),
    "slug": Sort(lambda row: row.slug, tie=False),
}


@dataclass(frozen=True)
class Wanted:
    """A request for rows: `filters` are functions under a name that says what they ask."""

    orderby: str
    descending: bool
    filters: tuple[tuple[Hashable, Callable[[Row], bool]], ...] = ()
    bounds: tuple[Bound, ...] = ()
    include: tuple[int, ...] = ()
    zone: tzinfo = UTC

    def key(self) -> Hashable:
        """What makes two requests the same."""
        named = tuple(name for name, _ in self.filters)
        return self.orderby, self.descending, named, self.bounds, self.include, str(self.zone)


class Listing:
    """All rows of one kind, as they are until the world moves on."""

    def __init__(self, rows: Callable[[], Iterable[Row]], sorts: dict[str, Sort] | None = None) -> None:
        self._make = rows
        self._sorts = sorts or SORTS
        self._lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """The world has moved on."""
        with self._lock:
            self._rows: dict[int, Row] | None = None
            self._sorted: dict[str, tuple[list[Row], list[Any]]] = {}
            self._answers: dict[Hashable, Sequence[Row]] = {}

    def get(self, number: int) -> Row | None:
        """The row with this id."""
        return self.rows().get(number)

    def rows(self) -> dict[int, Row]:
        """Every row by id."""
        with self._lock:
            if self._rows is None:
                self._rows = {row.id: row for row in self._make()}
            return self._rows

    def find(self, wanted: Wanted) -> Sequence[Row]:
        """The rows a request means, in its order; kept, because pages of one request follow each other."""
        with self._lock:
            key = wanted.key()
            answer = self._answers.get(key)
            if answer is None:
                if len(self._answers) >= KEPT_QUERIES:
                    self._answers.pop(next(iter(self._answers)))
                answer = self._answers[key] = self._search(wanted)
            return answer

    def _search(self, wanted: Wanted) -> Sequence[Row]:
        if wanted.orderby == "include" and wanted.include:
            known = self.rows()
            candidates = [known[one] for one in dict.fromkeys(wanted.include) if one in known]
            bounds, turned = list(wanted.bounds), False
        else:
            candidates, bounds = self._between(wanted)
            turned = wanted.descending
        if wanted.include:
            chosen = set(wanted.include)
            candidates = [row for row in candidates if row.id in chosen]
        for bound in bounds:
            inside, column = passes(bound, wanted.zone), bound.column
            candidates = [row for row in candidates if inside(getattr(row, column))]
        for _, accepts in wanted.filters:
            candidates = [row for row in candidates if accepts(row)]
        return candidates[::-1] if turned else candidates

    def _between(self, wanted: Wanted) -> tuple[list[Row], list[Bound]]:
        """The sorted rows within the bounds that the sort itself can answer, and the other bounds."""
        name = wanted.orderby if wanted.orderby in self._sorts else "id"
        rows, keys = self._in_order(name)
        column, first, last = self._sorts[name].column, 0, len(rows)
        others = []
        for bound in wanted.bounds:
            if bound.column != column or bound.at.tzinfo is None:
                others.append(bound)
            elif bound.after:
                first = max(first, bisect_right(keys, bound.at))
            else:
                last = min(last, bisect_left(keys, bound.at))
        return rows[first:last], others

    def _in_order(self, name: str) -> tuple[list[Row], list[Any]]:
        known = self._sorted.get(name)
        if known is None:
            sort = self._sorts[name]
            by: Callable[[Row], Any] = (lambda row: (sort.key(row), row.id)) if sort.tie else sort.key
            rows = sorted(self.rows().values(), key=by)
            known = self._sorted[name] = rows, [sort.key(row) for row in rows]
        return known


@dataclass(frozen=True)
class Page:
    """A piece of a collection, with the whole's size."""

    rows: Sequence[Any]
    total: int
    pages: int
    page: int

    @classmethod
    def of(cls, rows: Sequence[Any], arguments: Arguments, *, total: int | None = None) -> "Page":
        """The page that was asked for; beyond the end it is empty. `offset` overrides the page's number,
        whatever its sign.

        `total` is what the vendor takes the whole for, where it counts otherwise.
        """
        size, page = arguments["per_page"], arguments["page"]
        offset = arguments.get("offset")
        start = (page - 1) * size if offset is None else abs(offset)
        total = len(rows) if total is None else total
        pages = -(-total // size) if size else 0
        return cls(rows[start : start + size], total, pages, page)
