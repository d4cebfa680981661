"""The ad accounts of the business at this vendor, made when somebody asks for them first."""

from __future__ import annotations

import threading
from collections.abc import Collection

from sandbox.meta_ads.account import Account
from sandbox.state import Sandbox
from sandbox.tallies import accounts_at


class Accounts:
    """Accounts by name, and by the vendor's id."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._known: dict[str, Account] | None = None
        self._lock = threading.Lock()

    def by_name(self) -> dict[str, Account]:
        """Every account of the vendor's."""
        with self._lock:
            if self._known is None:
                infos = accounts_at("meta_ads", self.sandbox.world)
                self._known = {one.name: Account(one, self.sandbox) for one in infos}
            return self._known

    def all(self) -> Collection[Account]:
        """Every account."""
        return self.by_name().values()

    def by_id(self, identity: str) -> Account | None:
        """The account with an id, `act_` and all."""
        return next((one for one in self.all() if one.info.id == identity), None)

    def moved(self) -> None:
        """The world has moved on: forget what was derived from it."""
        with self._lock:
            for one in (self._known or {}).values():
                one.days.forget()
