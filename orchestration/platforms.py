"""The platforms of the house, one line each; assets, checks, jobs and schedules come by membership.

A platform is the package `loaders.<name>` with its `RESOURCES` and `EXPECTATIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from loaders.common import Resource, accounts

NAMES = (
    "shopify",
)  # fmt: skip


@dataclass(frozen=True)
class Platform:
    """A platform as orchestration sees it: a name, its resources, what must be true of them on arrival."""

    name: str
    resources: tuple[Resource, ...]
    expectations: Mapping[str, Mapping[str, Any]]

    @property
    def dataset(self) -> str:
        """The schema of its raw log, which is also the prefix of its asset keys."""
        return f"raw_{self.name}"

    @property
    def closing_resource(self) -> str:
        """The resource whose asset a load reports last: the one that says whose data this is."""
        return next((one for one in self.resources if one.identity), self.resources[-1]).name

    def account_names(self) -> list[str]:
        """The accounts in the accounts file; an absent file has none."""
        return [account.name for account in accounts(self.name)]


def platforms() -> tuple[Platform, ...]:
    """Every platform of the house."""
    return tuple(_platform(name) for name in NAMES)


def _platform(name: str) -> Platform:
    package = import_module(f"loaders.{name}")
    return Platform(name=name, resources=tuple(package.RESOURCES), expectations=package.EXPECTATIONS)
