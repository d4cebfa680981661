"""The price of a query, and the leaky bucket it is paid from.

Fields are free, objects and lists of objects cost 1, money nothing, and a connection 2 plus its node's cost
times a size that grows with the logarithm of the page: this meets what was measured in production (250 flat
orders 13, with 250 line items each 156, 250 products with 250 variants and their options 167).
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.shopify.engine.selection import Pick

CEILING = 1000
MUTATION = 10
FREE = {"MoneyBag", "MoneyV2", "PageInfo", "Count"}
PLANS = {"basic": (2000, 100), "advanced": (4000, 200), "plus": (20_000, 1000)}

Sizes = Callable[[Pick], float]


def scaled(size: float) -> float:
    """How much dearer than one node a page of `size` nodes is."""
    return max(min(size, 1.0), math.floor(2 * math.log(size))) if size > 0 else 0.0


def price(picks: list[Pick], sizes: Sizes) -> float:
    """The cost of a selection on one object, its own object not counted."""
    return sum(_pick_price(pick, sizes) for pick in picks)


def requested(pick: Pick, arguments: list[dict[str, Any]]) -> float:
    """The page size that a connection asks for."""
    given = arguments[pick.site] if pick.site is not None else {}
    size = given.get("first") if given.get("first") is not None else given.get("last")
    return min(size or 0, 250)


def breakdown(picks: list[Pick], sizes: Sizes) -> list[dict[str, Any]]:
    """What every object, list and connection of a query adds, for clients that ask."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    _break_down(picks, sizes, (), found)
    return list(found.values())


def _break_down(
    picks: list[Pick], sizes: Sizes, path: tuple[str, ...], found: dict[tuple[str, ...], dict[str, Any]]
) -> None:
    for pick in picks:
        if not pick.branches or pick.type_name in FREE:
            continue
        where = (*path, pick.key)
        if not pick.parent.endswith(("Connection", "Edge")):
            own = MUTATION if pick.parent == "Mutation" else 2 if pick.connection else 1
            total = round(_pick_price(pick, sizes))
            found[where] = {
                "path": list(where),
                "definedCost": own,
                "requestedTotalCost": total,
                "requestedChildrenCost": total - own,
            }
        for branch in pick.branches.values():
            _break_down(branch, sizes, where, found)


def _pick_price(pick: Pick, sizes: Sizes) -> float:
    if not pick.branches or pick.type_name in FREE:
        return 0
    if pick.parent == "Mutation":
        return MUTATION
    if not pick.connection:
        return 1 + max(price(branch, sizes) for branch in pick.branches.values())
    nodes = max(1 + _inner(branch, sizes) for branch in pick.branches.values())
    return 2 + scaled(sizes(pick)) * nodes


def _inner(connection: list[Pick], sizes: Sizes) -> float:
    """The cost below the nodes of a connection, whichever way they are selected."""
    total = 0.0
    for pick in connection:
        if pick.name == "nodes":
            total += max((price(branch, sizes) for branch in pick.branches.values()), default=0)
        elif pick.name == "edges":
            total += sum(_inner_edge(branch, sizes) for branch in pick.branches.values())
    return total


def _inner_edge(edge: list[Pick], sizes: Sizes) -> float:
    nodes = [pick for pick in edge if pick.name == "node"]
    return sum(max((price(b, sizes) for b in pick.branches.values()), default=0) for pick in nodes)


@dataclass
class Bucket:
    """Points of one app in one shop; they come back with real time, as a client's waiting does."""

    maximum: float
    restore: float
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._level = self.maximum
        self._at = self.clock()

    @classmethod
    def of_plan(cls, plan: str) -> "Bucket":
        """The bucket of a Shopify plan: basic, advanced or plus."""
        maximum, restore = PLANS[plan]
        return cls(maximum, restore)

    def available(self) -> float:
        """Points in the bucket now."""
        now = self.clock()
        self._level = min(self.maximum, self._level + (now - self._at) * self.restore)
        self._at = now
        return self._level

    def admits(self, cost: float) -> bool:
        """Whether a query of the requested cost may run."""
        return cost <= self.available()

    def charge(self, cost: float) -> None:
        """Take what a query has really cost."""
        self._level = max(0.0, self.available() - cost)

    def status(self) -> dict[str, float]:
        """The `throttleStatus` of an answer."""
        return {
            "maximumAvailable": float(self.maximum),
            "currentlyAvailable": math.floor(self.available()),
            "restoreRate": float(self.restore),
        }
