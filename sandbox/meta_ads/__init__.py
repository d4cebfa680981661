"""A local stand-in for Meta's Marketing API (v26.0): accounts, what is in them, insights, report runs.

It is written from the vendor's documented behaviour and public captures of it. Where it had to choose: a
token sees one account; a report run goes on by looks at it, not by time; the hour of the allowance is the
sandbox's; a list entry has no `value` where only a wider window has something; breakdowns are refused.
"""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sandbox.meta_ads.access import APP_SECRET, token_of
from sandbox.meta_ads.accounts import Accounts
from sandbox.meta_ads.app import GraphApp
from sandbox.state import MarketingPlatform, Sandbox

__all__ = ["MetaAds"]


class MetaAds(MarketingPlatform):
    """Every ad account that the business has there."""

    name = "meta_ads"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        self._accounts = Accounts(sandbox)
        self._app = GraphApp(sandbox, self._accounts)
        sandbox.moved.append(self._accounts.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self._app.routes())

    def accounts(self) -> Collection[str]:
        """The names of its accounts."""
        return list(self._accounts.by_name())

    def secrets(self, account: str, *, address: str) -> dict[str, str]:
        """A system user's token, and the app's secret for `appsecret_proof`."""
        return {"token": token_of(account), "app_secret": APP_SECRET}

    def settings(self, account: str) -> dict[str, Any]:
        """What is switched."""
        return asdict(self._accounts.by_name()[account].settings)

    def configure(self, account: str, given: dict[str, Any]) -> None:
        """Change settings; `account.py` says what there is."""
        self._accounts.by_name()[account].configure(given)

    def reset(self, account: str) -> None:
        """As at the start: no report run, nothing used."""
        self._accounts.by_name()[account].reset()


STAND_IN = MetaAds
