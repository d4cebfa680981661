"""A local stand-in for the Google Ads API (REST, v23 to v26) in front of the practice business's ads.

It reads `search` and `searchStream` of customers below one manager, and `listAccessibleCustomers`. Known are
the resources, segments and metrics of `catalogue.py`; nothing can be changed.
"""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sandbox.google.people import ADWORDS, People, secrets_of
from sandbox.google_ads.access import Door
from sandbox.google_ads.app import GoogleAdsApp
from sandbox.google_ads.customer import Customer, Manager
from sandbox.installation import replaced
from sandbox.state import MarketingPlatform, Sandbox

__all__ = ["GoogleAds"]


class GoogleAds(MarketingPlatform):
    """The business's accounts at Google Ads."""

    name = "google_ads"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        accounts = [one for one in sandbox.world.marketing.accounts if one.platform == self.name]
        self.customers = {one.name: Customer(one, sandbox) for one in accounts}
        by_id = {one.id: one for one in self.customers.values()}
        self.people = sandbox.share(People)
        self.people.register(self.name, accounts=self.accounts, scope=ADWORDS)
        self.app = GoogleAdsApp(sandbox, by_id, Door(by_id, _managers(by_id)), self.people)
        for one in self.customers.values():
            sandbox.moved.append(one.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self.app.routes())

    def accounts(self) -> Collection[str]:
        """The names of the customers that advertise."""
        return self.customers

    def secrets(self, account: str, *, address: str) -> dict[str, str]:
        """A refresh token with its client, or a service account's file where the settings say so."""
        by_user = self.customers[account].settings.by_user
        return secrets_of(self.name, account, by_user=by_user, address=address)

    def settings(self, account: str) -> dict[str, Any]:
        """How the customer is set up, and what its caller may."""
        return asdict(self.customers[account].settings)

    def configure(self, account: str, given: dict[str, Any]) -> None:
        """Change the set-up; `customer.py` says what there is."""
        one = self.customers[account]
        one.settings = replaced(one.settings, given)

    def reset(self, account: str) -> None:
        """As at the start: settings, operations, and nobody has a token."""
        self.customers[account].reset()
        self.people.forget(self.name, account)


def _managers(customers: dict[str, Customer]) -> dict[str, Manager]:
    managers: dict[str, dict[str, Customer]] = {}
    for one in customers.values():
        if one.account.manager:
            managers.setdefault(one.account.manager, {})[one.id] = one
    return {id_: Manager(id_, clients) for id_, clients in managers.items()}


STAND_IN = GoogleAds
