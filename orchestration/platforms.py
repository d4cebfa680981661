"""The platforms of the house, one line each; assets, checks, jobs and schedules come by membership.

A platform is the package `loaders.<name>` with its `RESOURCES` and `EXPECTATIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from loaders.common import Resource, accounts
from warehouse import Settings

NAMES = (
    "shopify",
    "woocommerce",
    "ga4",
    "google_ads",
    "meta_ads",
    "tiktok_ads",
    "ecb",
)  # fmt: skip


@dataclass(frozen=True)
class Platform:
    """A platform as orchestration sees it: a name, its resources, what must be true of them on arrival."""

    name: str
    resources: tuple[Resource, ...]
    expectations: Mapping[str, Mapping[str, Any]]
    # Whether it needs no entry in the accounts file, as a central bank does not.
    has_default_accounts: bool = False

    @property
    def is_shop(self) -> bool:
        """Whether orders are placed there: not so at an advertiser, an analyst or a bank."""
        return any(one.name == "orders" for one in self.resources)

    @property
    def dataset(self) -> str:
        """The schema of its raw log, which is also the prefix of its asset keys."""
        return f"raw_{self.name}"

    @property
    def daily(self) -> tuple[Resource, ...]:
        """What a plain load reads."""
        return tuple(one for one in self.resources if not one.on_demand)

    @property
    def on_demand(self) -> tuple[Resource, ...]:
        """What is read only where somebody asks for it by name."""
        return tuple(one for one in self.resources if one.on_demand)

    @property
    def asked_again(self) -> tuple[Resource, ...]:
        """What is read of a day that does not tie out: what says why, and the platform's reports again."""
        reports = tuple(one for one in self.daily if one.changes == "days")
        return (*reports, *self.on_demand) if self.on_demand else ()

    @property
    def closing_resource(self) -> str:
        """The resource whose asset a load reports last: the one that says whose data this is."""
        return next((one for one in self.daily if one.identity), self.daily[-1]).name

    def account_names(self, *, settings: Settings | None = None) -> list[str]:
        """Its accounts: those of the accounts file, or the platform's own where it needs no entry there."""
        return [account.name for account in accounts(self.name, settings=settings)]


def platforms() -> tuple[Platform, ...]:
    """Every platform of the house."""
    return tuple(_platform(name) for name in NAMES)


def _platform(name: str) -> Platform:
    package = import_module(f"loaders.{name}")
    return Platform(
        name=name,
        resources=tuple(package.RESOURCES),
        expectations=package.EXPECTATIONS,
        has_default_accounts=hasattr(package, "DEFAULT_ACCOUNTS"),
    )
