"""Where clicks come from: the ads of a campaign, and the campaigns that have none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sandbox.business.marketing.plans import CampaignPlan
from sandbox.business.marketing.types import AdAccount

RETIRED_AT = 260  # days after the opening somebody tires of one ad
PAGES = ("/collections/new", "/collections/sale", "/products/bestseller", "/", "/collections/gifts")


@dataclass(slots=True, frozen=True, eq=False)
class Slot:
    """Where clicks come from: an ad, or a campaign that has none (`group` and `ad` are positions).

    A book has each of its slots once.
    """

    plan: CampaignPlan
    campaign: int
    group: int | None
    ad: int | None
    campaign_id: str
    group_id: str | None
    ad_id: str | None
    page: str
    weight: float
    retires: int | None = None

    @property
    def id(self) -> str:
        """The ad's id, or the campaign's where it has no ads."""
        return self.ad_id or self.campaign_id

    @property
    def ad_name(self) -> str:
        """The ad's name; nothing where there is no ad."""
        return "" if self.group is None or self.ad is None else self.plan.groups[self.group][1][self.ad]

    def runs(self, age: int, day: date) -> bool:
        """Whether it delivers on that day."""
        return self.plan.runs(age, day) and (self.retires is None or age < self.retires)


def slots_of(account: AdAccount, position: int, plan: CampaignPlan) -> list[Slot]:
    """The slots of the campaign at that position of an account's plans."""
    campaign = native_id(account, 0, position)
    if not plan.groups:
        return [Slot(plan, position, None, None, campaign, None, None, "/", plan.weight)]
    ads = [(group, ad) for group, (_, names) in enumerate(plan.groups) for ad in range(len(names))]
    parts = [1 / (1 + group + ad) for group, ad in ads]
    found = []
    for (group, ad), part in zip(ads, parts, strict=True):
        last = position == 0 and group == 0 and ad == len(plan.groups[0][1]) - 1
        found.append(
            Slot(
                plan,
                position,
                group,
                ad,
                campaign,
                native_id(account, 1, position, group),
                native_id(account, 2, position, group, ad),
                PAGES[(position + group + ad) % len(PAGES)],
                plan.weight * part / sum(parts),
                RETIRED_AT if last else None,
            )
        )
    return found


def native_id(account: AdAccount, level: int, *positions: int) -> str:
    """An id as the platform's are long: campaigns 0, groups 1, ads 2."""
    number = 0
    for position in positions:
        number = number * 10 + position + 1
    tail = int(account.id[-1])
    if account.platform == "google_ads":
        return f"{(21, 15, 73)[level]}{tail}{number:08d}"
    if account.platform == "meta_ads":
        return f"12021{tail:03d}{level + 1:02d}{number:08d}"
    return f"179{tail}{level + 1}{number:011d}"
