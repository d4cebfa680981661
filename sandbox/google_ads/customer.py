"""Customers of Google Ads: accounts of the business, and the manager above them."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.business.marketing.types import AdAccount
from sandbox.google_ads.facts import Fact, facts_of
from sandbox.state import Sandbox


@dataclass(frozen=True)
class Settings:
    """The switchable settings of a customer and of the caller who reads it."""

    by_user: bool = True  # `/control/secrets` gives out a user's refresh token, not a service account's file
    direct_access: bool = False  # the caller may see the customer without its manager
    can_read: bool = True  # the caller may see the manager, and through it the customer
    is_ads_user: bool = True  # the caller has to do with Google Ads at all
    enabled: bool = True  # the customer was set up, and not cancelled
    approved: bool = True  # the caller's Cloud project may read more than test accounts
    operations_per_day: int = 15_000  # in any 24 hours; 0: no limit
    page_rows: int = 10_000
    batch_rows: int = 10_000


class Customer:
    """An account that advertises, as it is now."""

    is_manager = False

    def __init__(self, account: AdAccount, sandbox: Sandbox) -> None:
        self.account = account
        self.id = account.id
        self.name = account.name
        self.title = account.title
        self.currency = account.currency
        self.zone = account.zone
        self.sandbox = sandbox
        self._days: dict[date, list[Fact]] = {}
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Settings as at the start, and no operation used."""
        self.settings = Settings()
        self.blocked_until: datetime | None = None
        self.operations: list[datetime] = []

    def moved(self) -> None:
        """The world has changed: figures may have, too."""
        with self._lock:
            self._days.clear()

    def facts(self, day: date) -> list[Fact]:
        """What there is to report of a day."""
        with self._lock:
            known = self._days.get(day)
            if known is None:
                known = self._days[day] = facts_of(self.sandbox.world.marketing, self.account, day)
            return known

    def campaigns(self) -> Any:
        """Its campaigns, removed ones too."""
        return self.sandbox.world.marketing.campaigns(self.account)

    def block(self) -> None:
        """No more operations until the hour of the sandbox's clock is over."""
        self.blocked_until = self.sandbox.now().replace(minute=0, second=0) + timedelta(hours=1)


@dataclass(frozen=True)
class Manager:
    """An account above others, which has no campaigns of its own."""

    id: str
    clients: Mapping[str, Customer]
    is_manager = True
    title = "Practice Group"

    @property
    def currency(self) -> str:
        """The currency of its first client."""
        return next(iter(self.clients.values())).currency

    @property
    def zone(self) -> Any:
        """The time zone of its first client."""
        return next(iter(self.clients.values())).zone
