"""One ad account as the API knows it: its settings, its catalogue, its days, its report runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.business.marketing.types import AdAccount, Campaign
from sandbox.installation import replaced
from sandbox.meta_ads.actions import bucket
from sandbox.meta_ads.runs import Runs
from sandbox.meta_ads.usage import TIERS, Usage
from sandbox.state import Sandbox, WrongSetting
from sandbox.tallies import Days, Place

STATUSES = (1, 2, 3, 7, 9, 100, 101)


@dataclass(frozen=True)
class Settings:
    """What can be switched about an account, and where the vendor's patience ends."""

    requires_proof: bool = False  # the app demands `appsecret_proof`
    tier: str = "standard_access"
    account_status: int = 1  # 2 is disabled
    calls_per_hour: int = 0  # 0: as many as the tier allows
    sync_rows: int = 10_000  # a report with more rows times out while somebody waits
    async_rows: int = 100_000  # a report run with more fails
    page_cells: int = 50_000  # rows times fields of one page


class Account:
    """An ad account and what is derived from it."""

    def __init__(self, info: AdAccount, sandbox: Sandbox) -> None:
        self.info = info
        self.sandbox = sandbox
        self.days = Days(lambda: sandbox.world.marketing, info, {"conversion": bucket})
        self.reset()

    def reset(self) -> None:
        """As it was at the start; report runs are forgotten."""
        self.settings = Settings()
        self.runs = Runs(self.info)
        self.usage = Usage()

    def configure(self, given: dict[str, Any]) -> None:
        """Change settings, or raise `WrongSetting`."""
        changed = replaced(self.settings, given)
        if changed.tier not in TIERS:
            raise WrongSetting(f"tier is one of {', '.join(TIERS)}")
        if changed.account_status not in STATUSES:
            raise WrongSetting(f"account_status is one of {', '.join(map(str, STATUSES))}")
        self.settings = changed

    def today(self) -> date:
        """The account's own day."""
        return self.sandbox.now().astimezone(self.info.zone).date()

    def campaigns(self) -> tuple[Campaign, ...]:
        """Every campaign there is now, the deleted ones too."""
        found: tuple[Campaign, ...] = self.sandbox.world.marketing.campaigns(self.info)
        return found

    def places(self, part: str) -> list[Place]:
        """Every campaign, group or ad, with what is above it."""
        campaigns = self.campaigns()
        if part == "campaign":
            return [Place(one) for one in campaigns]
        groups = [(one, group) for one in campaigns for group in one.groups]
        if part == "group":
            return [Place(one, group) for one, group in groups]
        return [Place(one, group, ad) for one, group in groups for ad in group.ads]

    def active_ads(self) -> int:
        """How many ads are running, by which the vendor allows calls."""
        return sum(one.ad is not None and one.ad.status == "ENABLED" for one in self.places("ad"))
