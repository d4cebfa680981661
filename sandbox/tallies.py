"""What an ad account shows for a day: every ad's counts, as stand-ins of advertising vendors need them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.business.marketing.types import Ad, AdAccount, AdGroup, Campaign, Claim, Delivery

NOTHING = Decimal(0)

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Place:
    """Where something was delivered or claimed; a level above the ad leaves the rest out."""

    campaign: Campaign | None = None
    group: AdGroup | None = None
    ad: Ad | None = None

    def key(self) -> Key:
        """Its ids from the top, empty where there is none."""
        campaign, group, ad = (one.id if one else "" for one in (self.campaign, self.group, self.ad))
        return campaign, group, ad

    def above(self, depth: int) -> Place:
        """The place so many levels down: 0 is the account, 1 the campaign, 2 the group, 3 the ad."""
        return Place(
            self.campaign if depth > 0 else None,
            self.group if depth > 1 else None,
            self.ad if depth > 2 else None,
        )


@dataclass
class Tally:
    """Counts of one place: `claims` by action and bucket are how many and what they are worth."""

    place: Place
    impressions: int = 0
    clicks: int = 0
    link_clicks: int = 0
    cost: Decimal = NOTHING
    claims: dict[tuple[str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)

    def deliver(self, one: Delivery) -> None:
        """Count a delivery in."""
        self.impressions += one.impressions
        self.clicks += one.clicks
        self.link_clicks += one.link_clicks
        self.cost += one.cost

    def claim(self, action: str, bucket: str, *, share: Decimal, value: Decimal) -> None:
        """Count a claim in."""
        count, worth = self.claims.get((action, bucket), (NOTHING, NOTHING))
        self.claims[action, bucket] = count + share, worth + value

    def add(self, other: Tally) -> None:
        """Count everything of another in."""
        self.impressions += other.impressions
        self.clicks += other.clicks
        self.link_clicks += other.link_clicks
        self.cost += other.cost
        for (action, bucket), (share, value) in other.claims.items():
            self.claim(action, bucket, share=share, value=value)


class Days:
    """An account's days by ad, kept until the world moves on.

    `buckets` are how claims are told apart: a day's booking (`touch` or `conversion`) and the function that
    names the bucket of a claim booked so, or None where the vendor does not show it.
    """

    def __init__(
        self,
        marketing: Callable[[], Any],
        account: AdAccount,
        buckets: Mapping[str, Callable[[Claim], str | None]],
    ) -> None:
        self._marketing = marketing
        self._account = account
        self._buckets = buckets
        self._known: dict[date, list[Tally]] = {}
        self._lock = threading.Lock()

    def forget(self) -> None:
        """The world has moved on."""
        with self._lock:
            self._known.clear()

    def of(self, day: date) -> list[Tally]:
        """Every ad with a delivery or a claim on a day of the account's, in the order of their ids."""
        with self._lock:
            known = self._known.get(day)
            if known is None:
                known = self._known[day] = self._count(day)
            return known

    def over(self, since: date, until: date) -> Iterator[Tally]:
        """The tallies of every day, both ends included."""
        for number in range(since.toordinal(), until.toordinal() + 1):
            yield from self.of(date.fromordinal(number))

    def _count(self, day: date) -> list[Tally]:
        marketing = self._marketing()
        found: dict[Key, Tally] = {}

        def of(one: Delivery | Claim) -> Tally:
            place = Place(one.campaign, one.group, one.ad)
            return found.setdefault(place.key(), Tally(place))

        for delivery in marketing.delivery(self._account, day):
            of(delivery).deliver(delivery)
        for by, bucket_of in self._buckets.items():
            for claim in marketing.claims(self._account, day, by):
                bucket = bucket_of(claim)
                if bucket is not None:
                    of(claim).claim(claim.action, bucket, share=claim.share, value=claim.value)
        return [found[key] for key in sorted(found)]


def accounts_at(platform: str, world: Any) -> list[AdAccount]:
    """The business's accounts at a vendor."""
    return [one for one in world.marketing.accounts if one.platform == platform]


def merged(tallies: Iterable[Tally], depth: int) -> list[Tally]:
    """The tallies added up by the places so many levels down."""
    found: dict[Key, Tally] = {}
    for tally in tallies:
        place = tally.place.above(depth)
        found.setdefault(place.key(), Tally(place)).add(tally)
    return list(found.values())


def number(value: Decimal | int) -> str:
    """A number as vendors write them into a text: no exponent, no zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
