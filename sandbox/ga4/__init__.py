"""A local stand-in for Google Analytics 4's Data API (v1beta) in front of the practice business.

Every store's site has a property. It saw what the business's visitors let it see: refused consent, lost and
repeated purchases, late hits are the business's (`sandbox/business/marketing`), sampling, thresholding and
the row "(other)" are settings of the property. It does not serve pivots, cohorts, comparisons, realtime
reports, metric expressions, audience exports, and no currency but the property's own.
"""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sandbox.ga4.app import Ga4App
from sandbox.ga4.property import Property
from sandbox.google.people import READ_ANALYTICS, People, secrets_of
from sandbox.installation import replaced
from sandbox.state import MarketingPlatform, Sandbox

__all__ = ["Ga4"]

FIRST_PROPERTY = 411_000_001


class Ga4(MarketingPlatform):
    """A property for every store of the world."""

    name = "ga4"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        stores = sandbox.world.stores.values()
        self.properties = {
            one.name: Property(str(FIRST_PROPERTY + place), one, sandbox) for place, one in enumerate(stores)
        }
        self.people = sandbox.share(People)
        self.people.register(self.name, accounts=self.accounts, scope=READ_ANALYTICS)
        self.app = Ga4App({one.number: one for one in self.properties.values()}, self.people)
        for one in self.properties.values():
            sandbox.moved.append(one.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self.app.routes())

    def accounts(self) -> Collection[str]:
        """The names of the stores."""
        return self.properties

    def secrets(self, account: str, *, address: str) -> dict[str, str]:
        """A service account's file, or a refresh token with its client where the settings say so."""
        by_user = self.properties[account].settings.by_user
        return secrets_of(self.name, account, by_user=by_user, address=address)

    def settings(self, account: str) -> dict[str, Any]:
        """How the property is set up."""
        return asdict(self.properties[account].settings)

    def configure(self, account: str, given: dict[str, Any]) -> None:
        """Change the set-up; `settings.py` says what there is."""
        one = self.properties[account]
        one.settings = replaced(one.settings, given)

    def reset(self, account: str) -> None:
        """As at the start: settings, quota, and nobody has a token."""
        self.properties[account].reset()
        self.people.forget(self.name, account)


STAND_IN = Ga4
