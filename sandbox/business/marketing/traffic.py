"""Who comes to one store's site without buying: passers-by by themselves, others by clicking an ad.

Each of them is a number of a day, and everything about them follows from it: whoever looks for somebody who
came earlier draws that one again and needs no other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.channels import PASSERS_BY, Channel
from sandbox.business.marketing.draws import Draws, Weighted
from sandbox.business.marketing.links import query_of
from sandbox.business.marketing.outlets import REACH, SESSIONS_PER_ORDER, Outlet, paid_share
from sandbox.business.marketing.slots import Slot
from sandbox.business.marketing.types import Visit
from sandbox.business.seasons import HOURS, local, local_day

ARRIVE = 0.88  # clicks that become a visit: others close the page before it is there
INVALID = 0.025  # clicks that the platform finds out to be none, and credits
GRACE = 3  # days after the opening on which all goes well
NO_DELIVERY = 0.012  # days on which an account stands still: a card that expired, a budget used up
DEVICES = Weighted((("mobile", 0.63), ("desktop", 0.32), ("tablet", 0.045), ("smart tv", 0.005)))
PAGES = Weighted(
    (
        ("/", 0.30),
        ("/collections/all", 0.14),
        ("/collections/new", 0.12),
        ("/collections/sale", 0.09),
        ("/products/bestseller", 0.13),
        ("/products/gift-card", 0.03),
        ("/blogs/journal/care", 0.12),
        ("/pages/about", 0.05),
        ("(not set)", 0.02),
    )
)
_HOURS_SO_FAR = list(accumulate(HOURS))


@dataclass(slots=True, frozen=True)
class Click:
    """A click on an ad. `credited_at` is when the platform takes it back, if it ever does."""

    book: Book
    slot: Slot
    day: date  # the account's
    at: datetime
    key: str
    arrives: bool = True
    credited_at: datetime | None = None

    @property
    def buys(self) -> bool:
        """Whether it brought an order at once: such clicks are none of the day's own."""
        return not self.key


@lru_cache(maxsize=2048)
def _hours(day: date, zone: ZoneInfo) -> tuple[datetime, ...]:
    return tuple(local(day, zone, hour * 3600) for hour in range(24))


def moment_of(day: date, zone: ZoneInfo, draws: Draws) -> datetime:
    """A moment of a local day, evenings first."""
    hour = bisect_right(_HOURS_SO_FAR, draws.number() * _HOURS_SO_FAR[-1])
    return _hours(day, zone)[hour] + timedelta(seconds=draws.below(3600))


def day_passed(day: date, zone: ZoneInfo, now: datetime) -> float:
    """How much of a local day's traffic lies behind `now`, from 0 to 1."""
    hours = _hours(day, zone)
    if now >= hours[-1] + timedelta(hours=1):
        return 1.0
    begun = bisect_right(hours, now)
    return _HOURS_SO_FAR[begun - 1] / _HOURS_SO_FAR[-1] if begun else 0.0


class Traffic:
    """The visitors of one store. `expected` says how many orders a day is good for, 0 before the opening."""

    def __init__(
        self, seed: str, store: str, *, outlet: Outlet, zone: ZoneInfo, expected: Callable[[date], float]
    ) -> None:
        self.key, self.store, self.outlet, self.zone = f"{seed}:{store}", store, outlet, zone
        self._expected = expected
        self._countries = Weighted(outlet.countries)

    def passers_by(self, day: date) -> int:
        """How many come by themselves."""
        unpaid = 1 - paid_share(self.store)
        return Draws(f"{self.key}:day:{day}").about(self._sessions(day) * unpaid)

    def passer_by(self, day: date, number: int) -> Visit:
        """One of them."""
        draws = Draws(f"{self.key}:visit:{day}:{number}")
        return self.by_channel(draws.pick(PASSERS_BY), moment_of(day, self.zone, draws), draws, day)

    def clicks(self, book: Book, day: date) -> int:
        """How many clicks an account gets on a day of its own, besides those of buyers."""
        if not self.delivers(book, day):
            return 0
        reach = REACH[book.account.platform, book.account.name]
        draws = Draws(f"{self.key}:{book.account.platform}:clicks:{day}")
        return draws.about(self._sessions(day) * reach / ARRIVE)

    def delivers(self, book: Book, day: date) -> bool:
        """Whether an account delivers anything on a day."""
        age = book.age(day)
        if age < 0 or book.running(day) is None:
            return False
        return age < GRACE or not Draws(f"{self.key}:{book.account.platform}:{day}").chance(NO_DELIVERY)

    def click(self, book: Book, day: date, number: int) -> Click:
        """One of them."""
        running = book.running(day)
        assert running is not None
        key = f"{self.key}:{book.account.platform}:click:{day}:{number}"
        draws = Draws(key)
        slot, at = draws.pick(running), moment_of(day, book.account.zone, draws)
        arrives = draws.chance(ARRIVE)
        credited = None
        if draws.chance(INVALID):
            credited, arrives = at + timedelta(hours=draws.between(6, 60)), False
        return Click(book, slot, day, at, key, arrives, credited)

    def arrival(self, click: Click, draws: Draws | None = None) -> Visit:
        """The visit that a click became."""
        draws = draws or Draws(f"{click.key}:visit")
        placement = "instagram" if draws.chance(0.45) else "facebook"
        link = click.book.link(click.slot, click.day, placement, draws.text(24))
        hosts = {"google_ads": "www.google.com", "tiktok_ads": "www.tiktok.com"}
        host = hosts.get(
            click.book.account.platform, "l.instagram.com" if placement == "instagram" else "m.facebook.com"
        )
        group = click.slot.plan.channel_group
        account = click.book.account
        return self._visit(
            draws,
            click.at,
            local_day(click.at, self.zone),
            names=(link.source, link.medium, link.campaign, link.campaign_id, group),
            referrer=None if group == "Paid Video" else f"https://{host}/",
            utm=link.utm,
            page=click.slot.page,
            query=link.query,
            ad_click=(account.platform, account.name, click.slot.id),
        )

    def by_channel(self, channel: Channel, at: datetime, draws: Draws, day: date) -> Visit:
        """A visit that no ad of ours brought."""
        utm = channel.tags(day)
        campaign = utm["campaign"] if utm else None
        return self._visit(
            draws,
            at,
            day,
            names=(channel.source, channel.medium, campaign, None, channel.group),
            referrer=channel.referrer,
            utm=utm,
            page=draws.pick(PAGES),
            query=query_of(utm),
            ad_click=None,
        )

    def _visit(
        self,
        draws: Draws,
        at: datetime,
        day: date,
        *,
        names: tuple[str, str, str | None, str | None, str],
        referrer: str | None,
        utm: dict[str, str] | None,
        page: str,
        query: str,
        ad_click: tuple[str, str, str] | None,
    ) -> Visit:
        views = draws.chance(0.48)
        adds = views and draws.chance(0.15)
        return Visit(
            self.store,
            at,
            day,
            draws.text(16),
            *names,
            referrer,
            utm,
            page,
            query,
            draws.pick(DEVICES),
            draws.pick(self._countries),
            views or draws.chance(0.25),
            draws.chance(0.74),
            not draws.chance(self.outlet.refused),
            views,
            adds,
            adds and draws.chance(0.4),
            None,
            ad_click,
        )

    def _sessions(self, day: date) -> float:
        return SESSIONS_PER_ORDER * self._expected(day)
