"""The JSONL of a bulk operation, written as it is read.

Ungrouped, the vendor promises one thing: a parent is on an earlier line than its children. The children here
come blocks later, connection by connection, and those of every so many parents at the very end.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from sandbox.shopify.bulk.plan import Level
from sandbox.shopify.engine.compile import Function

BLOCK = 50  # parents whose children are written together
STRAGGLERS = 97  # the children of every so many parents come at the end of the file

Groups = dict[tuple[int, str], list[bytes]]  # lines by depth below the root and field
Alter = Callable[[dict[str, Any]], dict[str, Any]]


class Writer:
    """Turns the rows of root levels into lines, counting objects."""

    def __init__(self, runtime: Any, *, grouped: bool, alter: Alter | None = None) -> None:
        self.runtime = runtime
        self.grouped = grouped
        self.alter = alter
        self.objects = 0
        self.roots = 0

    def blocks(self, level: Level, rows: Iterable[Any]) -> Iterator[bytes]:
        """The file in pieces of whole lines."""
        parents: list[bytes] = []
        children: Groups = {}
        late: Groups = {}
        for node in rows:
            self.roots += 1
            select, below = level.of(node)
            parents.append(self._line(select, node, None))
            if self.grouped:
                self._follow(below, node, parents)
            else:
                self._scatter(below, node, 1, late if self.roots % STRAGGLERS == 0 else children)
            if self.roots % BLOCK == 0:
                yield self._flush(parents, children)
        yield self._flush(parents, children) + self._flush([], late)

    def _flush(self, parents: list[bytes], children: Groups) -> bytes:
        lines = list(parents)
        for _, group in sorted(children.items()):
            lines += group
        self.objects += len(lines)
        parents.clear()
        children.clear()
        return b"\n".join(lines) + b"\n" if lines else b""

    def _follow(self, levels: list[Level], node: Any, lines: list[bytes]) -> None:
        for level in levels:
            for one in level.rows(node, self.runtime):
                select, below = level.of(one)
                lines.append(self._line(select, one, node["id"]))
                if below:
                    self._follow(below, one, lines)

    def _scatter(self, levels: list[Level], node: Any, depth: int, groups: Groups) -> None:
        for level in levels:
            rows = level.rows(node, self.runtime)
            if not rows:
                continue
            group = groups.setdefault((depth, level.name), [])
            parent = node["id"]
            for one in rows:
                select, below = level.of(one)
                group.append(self._line(select, one, parent))
                if below:
                    self._scatter(below, one, depth + 1, groups)

    def _line(self, select: Function, node: Any, parent: str | None) -> bytes:
        shown = select(node, self.runtime)
        if parent is not None:
            shown["__parentId"] = parent
        if self.alter:
            shown = self.alter(shown)
        return orjson.dumps(shown)
