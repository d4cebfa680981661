"""The metrics of a report. Every value is a text; what there is none of is "0", what cannot be told "-".

Conversions stand on the day of the ad's click or view; those whose name begins with `real_time` on their own.
`total_complete_payment_rate` is no rate: it is what the purchases on the website were worth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from sandbox.business.marketing.types import AdAccount, Claim
from sandbox.tallies import NOTHING, Tally

TWO = Decimal("0.01")
UNAVAILABLE = "-"
CLICKED, SEEN = timedelta(days=7), timedelta(days=1)
SEEN_TWICE = 5  # one impression in so many goes to somebody who saw the ad before
PURCHASE, EVENTS = (
    "purchase",
    {"web_event_add_to_cart": "add_to_cart", "initiate_checkout": "initiate_checkout"},
)


@dataclass(frozen=True)
class Row:
    """One row before anybody chose metrics of it."""

    account: AdAccount
    tally: Tally

    def claimed(self, action: str, bucket: str = "touch") -> tuple[Decimal, Decimal]:
        """How many conversions of a kind, and what they are worth."""
        return self.tally.claims.get((action, bucket), (NOTHING, NOTHING))

    @property
    def reach(self) -> int:
        """How many people; people are not additive."""
        return self.tally.impressions - self.tally.impressions // SEEN_TWICE


def in_window(claim: Claim) -> bool:
    """Whether the account's setting counts a claim: seven days after a click, one after a view."""
    age = claim.converted_at - claim.touched_at
    return age <= (CLICKED if claim.touch == "click" else SEEN)


def by_touch(claim: Claim) -> str | None:
    """The bucket of a claim on the day of the click or view."""
    return "touch" if in_window(claim) else None


def by_conversion(claim: Claim) -> str | None:
    """The bucket of a claim on its own day."""
    return "real_time" if in_window(claim) else None


def amount(value: Decimal) -> str:
    """Money and rates, to two places."""
    return str(value.quantize(TWO, ROUND_HALF_UP))


def whole(value: Decimal | int) -> str:
    """A count."""
    return str(int(Decimal(value).to_integral_value(ROUND_HALF_UP)))


def ratio(part: Decimal | int, base: Decimal | int, factor: int = 1) -> str:
    """A quotient to two places; nothing can be told without a base."""
    return amount(Decimal(part) * factor / Decimal(base)) if base else UNAVAILABLE


def _name(part: str, name: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(getattr(row.tally.place, part), name, UNAVAILABLE))


def _count(action: str, bucket: str = "touch") -> Callable[[Row], str]:
    return lambda row: whole(row.claimed(action, bucket)[0])


def _cost(action: str, bucket: str = "touch") -> Callable[[Row], str]:
    return lambda row: ratio(row.tally.cost, row.claimed(action, bucket)[0])


def _rate(action: str, bucket: str = "touch") -> Callable[[Row], str]:
    return lambda row: ratio(row.claimed(action, bucket)[0], row.tally.clicks, 100)


METRICS: dict[str, Callable[[Row], str]] = {
    "advertiser_id": lambda row: row.account.id,
    "advertiser_name": lambda row: row.account.title,
    "campaign_id": _name("campaign", "id"),
    "campaign_name": _name("campaign", "name"),
    "adgroup_id": _name("group", "id"),
    "adgroup_name": _name("group", "name"),
    "ad_id": _name("ad", "id"),
    "ad_name": _name("ad", "name"),
    "currency": lambda row: row.account.currency,
    "spend": lambda row: amount(row.tally.cost),
    "impressions": lambda row: str(row.tally.impressions),
    "clicks": lambda row: str(row.tally.clicks),
    "reach": lambda row: str(row.reach),
    "frequency": lambda row: ratio(row.tally.impressions, row.reach),
    "ctr": lambda row: ratio(row.tally.clicks, row.tally.impressions, 100),
    "cpc": lambda row: ratio(row.tally.cost, row.tally.clicks),
    "cpm": lambda row: ratio(row.tally.cost, row.tally.impressions, 1000),
    "cost_per_1000_reached": lambda row: ratio(row.tally.cost, row.reach, 1000),
    "conversion": _count(PURCHASE),
    "cost_per_conversion": _cost(PURCHASE),
    "conversion_rate": _rate(PURCHASE),
    "real_time_conversion": _count(PURCHASE, "real_time"),
    "real_time_cost_per_conversion": _cost(PURCHASE, "real_time"),
    "real_time_conversion_rate": _rate(PURCHASE, "real_time"),
    "result": _count(PURCHASE),
    "cost_per_result": _cost(PURCHASE),
    "complete_payment": _count(PURCHASE),
    "cost_per_complete_payment": _cost(PURCHASE),
    "complete_payment_rate": _rate(PURCHASE),
    "total_complete_payment_rate": lambda row: amount(row.claimed(PURCHASE)[1]),
    "value_per_complete_payment": lambda row: ratio(row.claimed(PURCHASE)[1], row.claimed(PURCHASE)[0]),
    "complete_payment_roas": lambda row: ratio(row.claimed(PURCHASE)[1], row.tally.cost),
    **{name: _count(action) for name, action in EVENTS.items()},
    # Events of apps, which this business does not have.
    "total_purchase": lambda row: "0",
    "total_purchase_value": lambda row: "0.00",
    "app_install": lambda row: "0",
    "skan_conversion": lambda row: UNAVAILABLE,
}
