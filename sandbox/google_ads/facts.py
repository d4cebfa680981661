"""What an account has to report of a day: deliveries, and conversions by the click's day or by their own.

Google books a conversion on the day of the ad's interaction; the figures `…_by_conversion_date` are the same
conversions on their own day. Purchases are what the account bids for: everything else is in `all_…` alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sandbox.business.marketing.types import Ad, AdAccount, AdGroup, Campaign, Claim

MICROS = 1_000_000


class Action(NamedTuple):
    """A conversion action of every account; `name` is as the advertiser typed it."""

    number: int
    name: str
    category: str
    is_primary: bool = False
    counting: str = "ONE_PER_CLICK"


ACTIONS = {
    "purchase": Action(1, "Purchase", "PURCHASE", is_primary=True, counting="MANY_PER_CLICK"),
    "add_to_cart": Action(2, "Add to basket", "ADD_TO_CART", counting="MANY_PER_CLICK"),
    "initiate_checkout": Action(3, "Begin checkout", "BEGIN_CHECKOUT"),
    "lead": Action(4, "Newsletter form", "SUBMIT_LEAD_FORM"),
    "stock_alert": Action(5, "Tell me when it is back", "DEFAULT"),
}


@dataclass(slots=True)
class Fact:
    """Figures of one ad, or of a campaign without ads, on one day; of one action, or of none."""

    day: date
    campaign: Campaign
    group: AdGroup | None
    ad: Ad | None
    action: str | None = None
    numbers: dict[str, Decimal] = field(default_factory=dict)

    def add(self, name: str, amount: Decimal | int) -> None:
        """Count something."""
        self.numbers[name] = self.numbers.get(name, Decimal(0)) + amount


def action_id(account_id: str, action: str) -> str:
    """The id of an account's conversion action."""
    return f"{640_000_000 + int(account_id) % 1000 * 100 + ACTIONS[action].number}"


def facts_of(marketing: Any, account: AdAccount, day: date) -> list[Fact]:
    """Everything there is to report of an account's day as of now."""
    found = [
        Fact(day, one.campaign, one.group, one.ad, None, _delivered(one))
        for one in marketing.delivery(account, day)
    ]
    claimed: dict[tuple[str, str | None, str], Fact] = {}
    for by, suffix in (("touch", ""), ("conversion", "_by_conversion_date")):
        _count(claimed, day, marketing.claims(account, day, by), suffix=suffix)
    return [*found, *claimed.values()]


def _delivered(one: Any) -> dict[str, Decimal]:
    clicks = Decimal(one.clicks)
    return {
        "cost_micros": Decimal(int(one.cost * MICROS)),
        "impressions": Decimal(one.impressions),
        "clicks": clicks,
        "interactions": clicks,
    }


def _count(found: dict[Any, Fact], day: date, claims: Iterable[Claim], *, suffix: str) -> None:
    for claim in claims:
        key = (claim.campaign.id, claim.ad.id if claim.ad else None, claim.action)
        fact = found.get(key)
        if fact is None:
            fact = found[key] = Fact(day, claim.campaign, claim.group, claim.ad, claim.action)
        if claim.touch == "view":  # stands beside the conversions, never among them
            if not suffix:
                fact.add("view_through_conversions", 1)
            continue
        kinds = ("", "all_") if ACTIONS[claim.action].is_primary else ("all_",)
        for kind in kinds:
            fact.add(f"{kind}conversions{suffix}", claim.share)
            fact.add(f"{kind}conversions_value{suffix}", claim.value)
