"""Selections turned into Python functions: one dict display per selected object, no interpreter in between.

A generic executor visits every field of every object through a dozen calls; at two cores it would make the
stand-in, not the loader, the slow part of every measurement.
"""

from collections.abc import Callable
from typing import Any, Protocol

from graphql import is_non_null_type

from sandbox.shopify.engine.selection import TYPENAME, Pick, Selection
from sandbox.shopify.schema import item_type

Resolver = Callable[[Any, dict[str, Any], Any], Any]
Function = Callable[[Any, Any], dict[str, Any]]

# Rendered with exactly these keys in this order: a selection that asks for the same is served as it is.
WHOLE = {"MoneyV2": ("amount", "currencyCode"), "MoneyBag": ("shopMoney", "presentmentMoney")}


class Paging(Protocol):
    """Turns a field's value into a page of a connection."""

    def __call__(self, value: Any, arguments: dict[str, Any], runtime: Any, site: int | None) -> Any:
        """The page that `arguments` ask for; `site` is where it is counted."""


class Compiler:
    """Generates and links the functions of one selection."""

    def __init__(self, resolvers: dict[tuple[str, str], Resolver], paging: Paging) -> None:
        self.resolvers = resolvers
        self.namespace: dict[str, Any] = {"page": paging}
        self.lines: list[str] = []
        self.count = 0

    def compile(self, selection: Selection) -> Function:
        """The function that maps the root value and a runtime to `data`."""
        name = self.define(selection.root)
        self.link()
        function: Function = self.namespace[name]
        return function

    def link(self) -> None:
        """Execute what was generated; the functions are in `namespace` afterwards."""
        exec("\n".join(self.lines), self.namespace)
        self.lines.clear()

    def define(self, picks: list[Pick]) -> str:
        """Generate the function of one object type's picks; returns its name."""
        entries = ", ".join(f"{pick.key!r}: {self._value(pick)}" for pick in picks)
        name = self.name("s")
        self.lines.append(f"def {name}(n, rt):\n    return {{{entries}}}")
        return name

    def source(self, pick: Pick) -> str:
        """The expression of a field's own value, arguments applied, not yet selected from."""
        resolver = self.resolvers.get((pick.parent, pick.name))
        if resolver:
            name = self.name("r")
            self.namespace[name] = resolver
            arguments = f"rt.arguments[{pick.site}]" if pick.site is not None else "None"
            return f"{name}(n, {arguments}, rt)"
        value = f"n[{pick.name!r}]"
        if pick.listed and pick.definition and "first" in pick.definition.args:
            return f"{value}[:rt.arguments[{pick.site}].get('first')]"
        return value

    def _value(self, pick: Pick) -> str:
        if pick.name == TYPENAME:
            return repr(pick.parent)
        if pick.connection:
            paged = f"page({self.source(pick)}, rt.arguments[{pick.site}], rt, {pick.site})"
            return self._call(pick, paged)
        if not pick.branches or _is_whole(pick):
            return self.source(pick)
        if pick.listed:
            return self._list(pick)
        if pick.definition and is_non_null_type(pick.definition.type) and not pick.abstract:
            return self._call(pick, self.source(pick))
        return f"(None if (v := {self.source(pick)}) is None else {self._call(pick, 'v')})"

    def _list(self, pick: Pick) -> str:
        assert pick.definition is not None
        outer = pick.definition.type
        call = self._call(pick, "x")
        item = call if is_non_null_type(item_type(outer)) else f"None if x is None else {call}"
        if is_non_null_type(outer):
            return f"[{item} for x in {self.source(pick)}]"
        return f"(None if (v := {self.source(pick)}) is None else [{item} for x in v])"

    def _call(self, pick: Pick, value: str) -> str:
        functions = {type_name: self.define(picks) for type_name, picks in pick.branches.items()}
        if not pick.abstract:
            return f"{next(iter(functions.values()))}({value}, rt)"
        table = self.name("d")
        entries = ", ".join(f"{type_name!r}: {function}" for type_name, function in functions.items())
        self.lines.append(f"{table} = {{{entries}}}")
        return f"{table}[(w := {value})['__typename']](w, rt)"

    def name(self, prefix: str) -> str:
        """A fresh name."""
        self.count += 1
        return f"{prefix}{self.count}"


def _is_whole(pick: Pick) -> bool:
    keys = WHOLE.get(pick.type_name)
    if keys is None or pick.listed or pick.abstract:
        return False
    picks = pick.branches[pick.type_name]
    plain = all(each.key == each.name for each in picks)
    return (
        plain
        and tuple(each.name for each in picks) == keys
        and all(not p.branches or _is_whole(p) for p in picks)
    )
