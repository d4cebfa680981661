"""How one order came about: the visit that brought it, earlier ones of the same person, ads merely seen.

Earlier visits are taken from those that happened anyway, so that a day which is over stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.channels import BUYERS
from sandbox.business.marketing.draws import Draws, Weighted
from sandbox.business.marketing.facts import OrderFacts
from sandbox.business.marketing.outlets import REACH, paid_share
from sandbox.business.marketing.slots import Slot
from sandbox.business.marketing.traffic import Click, Traffic
from sandbox.business.marketing.types import Touch, Visit
from sandbox.business.seasons import local, local_day

Report = Literal["once", "twice", "again", "missed", "without_id"]
EARLIER = Weighted(((0, 0.50), (1, 0.29), (2, 0.13), (3, 0.08)))
LOOK_BACK = 29  # days within which earlier visits lie
LONG_AGO, FORGOTTEN = 0.03, (30, 84)  # orders with a click on Google's ads before that; days between them
LINKED = 0.85  # earlier visits on the same device, which a shop can tell to be the same person's
WATCHED = frozenset({"VIDEO", "PERFORMANCE_MAX"})  # what Google shows as films
SHOWN = 0.15  # orders whose buyer was shown such a film or picture and did not watch it
SEEN = {"google_ads": 0.05, "meta_ads": 0.09, "tiktok_ads": 0.06}
REPORTS: Weighted[Report] = Weighted(
    (("once", 0.910), ("twice", 0.012), ("again", 0.010), ("missed", 0.053), ("without_id", 0.015))
)


@dataclass(slots=True, frozen=True)
class Earlier:
    """A visit before the last one; `linked` where the shop knows that it was the same person."""

    visit: Visit
    click: Click | None
    linked: bool


@dataclass(slots=True, frozen=True)
class Seen:
    """An ad that was shown and not clicked; at Google those that were watched are told from the others."""

    book: Book
    slot: Slot
    at: datetime
    touch: Touch


@dataclass(slots=True, frozen=True)
class Journey:
    """All of it, on a site at the address `site`.

    `report` says what becomes of the purchase on its way to analytics. `again` is the visit with which
    somebody looks at the receipt once more, days later: the same purchase is sent a second time from there.
    `long_ago` is a click that everybody but Google has forgotten.
    """

    order: OrderFacts
    site: str
    visit: Visit
    click: Click | None
    earlier: tuple[Earlier, ...]
    seen: tuple[Seen, ...]
    report: Report
    again: Visit | None
    long_ago: Click | None = None

    @property
    def linked(self) -> list[Visit]:
        """The earlier visits that the shop knows to be the same person's, in order of time."""
        return [one.visit for one in self.earlier if one.linked]


class Guide:
    """Draws the journeys of one store's orders, each from numbers of its own."""

    def __init__(self, seed: str, traffic: Traffic, books: tuple[Book, ...]) -> None:
        self._key, self._traffic, self._books = f"{seed}:{traffic.store}:journey", traffic, books
        self._reach = Weighted((book, REACH[book.account.platform, book.account.name]) for book in books)
        self._paid = paid_share(traffic.store) if books else 0.0

    def journey(self, order: OrderFacts) -> Journey | None:
        """How an order came about; none where it did not come from a visit to the site."""
        if not order.on_the_site:
            return None
        draws = Draws(f"{self._key}:{order.id}")
        visit, click = self._last(order, draws)
        earlier = self._earlier(visit, draws)
        linked = [one.visit for one in earlier if one.linked]
        visitor = linked[0].visitor if linked else self._visitor(order, visit)
        visit = replace(visit, visitor=visitor, is_new=not linked and draws.chance(0.62))
        report = draws.pick(REPORTS)
        again = self._again(visit, order, draws) if report == "again" else None
        site, seen = self._traffic.outlet.site, self._seen(order, draws)
        old = self._long_ago(order, visit)
        return Journey(order, site, visit, click, earlier, seen, report, again, old)

    def _last(self, order: OrderFacts, draws: Draws) -> tuple[Visit, Click | None]:
        day = local_day(order.at, self._traffic.zone)
        midnight = local(day, self._traffic.zone, 0)
        # A visit begins before its order and on the same day, or days could not be compared.
        at = max(midnight, order.at - timedelta(seconds=draws.below(2400) + 90))
        click = self._clicked(at, draws) if draws.chance(self._paid * 0.9) else None
        if click is None:
            visit = self._traffic.by_channel(draws.pick(BUYERS), at, draws, day)
        else:
            visit = self._traffic.arrival(click, draws)
        return replace(
            visit, engaged=True, views_item=True, adds_to_cart=True, begins_checkout=True, order=order.id
        ), click

    def _clicked(self, at: datetime, draws: Draws) -> Click | None:
        book = draws.pick(self._reach)
        day = local_day(at, book.account.zone)
        if not self._traffic.delivers(book, day):
            return None
        running = book.running(day)
        assert running is not None
        return Click(book, draws.pick(running), day, at, "")

    def _earlier(self, last: Visit, draws: Draws) -> tuple[Earlier, ...]:
        found = [self._one_earlier(last, draws) for _ in range(draws.pick(EARLIER))]
        known = [one for one in found if one is not None]
        return tuple(sorted(known, key=lambda one: one.visit.at))

    def _one_earlier(self, last: Visit, draws: Draws) -> Earlier | None:
        day = last.day - timedelta(days=int(LOOK_BACK * draws.number() ** 2.2))
        linked = draws.chance(LINKED)
        if self._books and draws.chance(self._paid * 1.2):
            book = draws.pick(self._reach)
            clicks = self._traffic.clicks(book, day)
            click = self._traffic.click(book, day, draws.below(clicks)) if clicks else None
            if click is None or not click.arrives or click.at >= last.at:
                return None
            return Earlier(self._traffic.arrival(click), click, linked)
        people = self._traffic.passers_by(day)
        visit = self._traffic.passer_by(day, draws.below(people)) if people else None
        return Earlier(visit, None, linked) if visit is not None and visit.at < last.at else None

    def _long_ago(self, order: OrderFacts, last: Visit) -> Click | None:
        draws = Draws(f"{self._key}:{order.id}:long ago")
        book = next((one for one in self._books if one.account.platform == "google_ads"), None)
        if book is None or not draws.chance(LONG_AGO):
            return None
        least, most = FORGOTTEN
        day = last.day - timedelta(days=least + draws.below(most - least + 1))
        clicks = self._traffic.clicks(book, day)
        click = self._traffic.click(book, day, draws.below(clicks)) if clicks else None
        return click if click is not None and click.arrives else None

    def _seen(self, order: OrderFacts, draws: Draws) -> tuple[Seen, ...]:
        found = []
        for book in self._books:
            google = book.account.platform == "google_ads"
            if draws.chance(SEEN[book.account.platform]):
                found.append(self._one_seen(order, book, "engaged_view" if google else "view", draws))
            own = Draws(f"{self._key}:{order.id}:shown by {book.account.platform}")
            if google and own.chance(SHOWN):
                found.append(self._one_seen(order, book, "view", own))
        return tuple(one for one in found if one is not None)

    def _one_seen(self, order: OrderFacts, book: Book, touch: Touch, draws: Draws) -> Seen | None:
        at = order.at - timedelta(seconds=600 + draws.below(30 * 3600))
        day = local_day(at, book.account.zone)
        running = book.running(day) if self._traffic.delivers(book, day) else None
        slot = draws.pick(running) if running is not None else None
        if slot is None or (book.account.platform == "google_ads" and slot.plan.kind not in WATCHED):
            return None
        return Seen(book, slot, at, touch)

    def _again(self, visit: Visit, order: OrderFacts, draws: Draws) -> Visit:
        at = order.at + timedelta(hours=draws.between(16, 110))
        return replace(
            visit,
            at=at,
            day=local_day(at, self._traffic.zone),
            source="(direct)",
            medium="(none)",
            campaign=None,
            campaign_id=None,
            channel_group="Direct",
            referrer=None,
            utm=None,
            landing_page="/checkout/thank-you",
            query="",
            is_new=False,
            adds_to_cart=False,
            begins_checkout=False,
            order=None,
            ad_click=None,
        )

    def _visitor(self, order: OrderFacts, visit: Visit) -> str:
        if order.customer_id is None:
            return visit.visitor
        return Draws(f"{self._key}:customer:{order.customer_id}").text(16)
