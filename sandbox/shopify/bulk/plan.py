"""A bulk query compiled: one function per concrete node type, and how its nested connections are reached."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.shopify.bulk.rules import nodes_of
from sandbox.shopify.engine.compile import Compiler, Function
from sandbox.shopify.engine.selection import Pick, Selection
from sandbox.shopify.resolvers import RESOLVERS, page

Rows = Callable[[Any, Any], Any]


@dataclass
class Level:
    """Nodes of one connection: what is written of them and the connections below, by concrete type."""

    name: str
    pick: Pick
    rows: Rows
    select: dict[str, Function] = field(default_factory=dict)
    children: dict[str, list["Level"]] = field(default_factory=dict)

    def of(self, node: Any) -> tuple[Function, list["Level"]]:
        """How a node is written, and what hangs below it."""
        name = next(iter(self.select)) if len(self.select) == 1 else node["__typename"]
        return self.select[name], self.children[name]


@dataclass(frozen=True)
class Step:
    """A plain object on the way from a node to a connection below it."""

    pick: Pick
    type_name: str


class Planner:
    """Turns a checked selection into levels."""

    def __init__(self) -> None:
        self.compiler = Compiler(RESOLVERS, page)
        self._named: list[tuple[Level, str, dict[str, str]]] = []

    def plan(self, selection: Selection) -> list[Level]:
        """The levels of the root connections."""
        roots = [self._level(steps, pick) for steps, pick in _reach(selection.root, ())]
        self.compiler.link()
        functions = self.compiler.namespace
        for level, rows, select in self._named:
            level.rows = functions[rows]
            level.select.update({type_name: functions[name] for type_name, name in select.items()})
        return roots

    def _level(self, steps: tuple[Step, ...], pick: Pick) -> Level:
        level = Level(pick.name, pick, _nothing)
        select: dict[str, str] = {}
        for node in nodes_of(pick):
            if not node:
                continue
            type_name = node[0].parent
            select[type_name] = self.compiler.define(_plain(node))
            level.children[type_name] = [self._level(path, one) for path, one in _reach(node, ())]
        self._named.append((level, self._define_rows(steps, pick), select))
        return level

    def _define_rows(self, steps: tuple[Step, ...], pick: Pick) -> str:
        name = self.compiler.name("w")
        body = []
        for step in steps:
            body.append(f"    n = {self.compiler.source(step.pick)}")
            body.append("    if n is None: return ()")
            if step.pick.abstract:
                body.append(f"    if n['__typename'] != {step.type_name!r}: return ()")
        body.append(f"    return {self.compiler.source(pick)}")
        self.compiler.lines.append("\n".join([f"def {name}(n, rt):", *body]))
        return name


def _nothing(_: Any, __: Any) -> tuple[()]:
    return ()


def _reach(picks: list[Pick], steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Pick]]:
    """Every connection below `picks` that is not inside another one, with the way to it."""
    for pick in picks:
        if pick.connection:
            yield steps, pick
            continue
        for type_name, branch in pick.branches.items():
            yield from _reach(branch, (*steps, Step(pick, type_name)))


def _plain(picks: list[Pick]) -> list[Pick]:
    """What is written with the object itself: everything but its connections."""
    kept = []
    for pick in picks:
        if pick.connection:
            continue
        if any(_holds_connection(branch) for branch in pick.branches.values()):
            branches = {name: _plain(branch) for name, branch in pick.branches.items()}
            kept.append(replace(pick, branches=branches))
        else:
            kept.append(pick)
    return kept


def _holds_connection(picks: list[Pick]) -> bool:
    return any(
        pick.connection or any(_holds_connection(branch) for branch in pick.branches.values())
        for pick in picks
    )
