"""Marketing as a whole: what stand-ins of analytics and advertising platforms are rendered from.

    marketing = world.marketing
    account = marketing.account("google_ads", "harbour")
    marketing.delivery(account, date(2026, 11, 3)); marketing.claims(account, date(2026, 11, 3), "touch")

Every answer is as of the world's clock, and a function of the seed, the orders and the clock alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sandbox.business.marketing.analytics import received
from sandbox.business.marketing.books import Book
from sandbox.business.marketing.claimed import claims_of
from sandbox.business.marketing.delivering import delivered
from sandbox.business.marketing.desk import Desk
from sandbox.business.marketing.facts import is_known
from sandbox.business.marketing.journeys import Guide, Journey
from sandbox.business.marketing.outlets import ACCOUNTS, OUTLETS, SOMEWHERE
from sandbox.business.marketing.traffic import Click, Traffic
from sandbox.business.marketing.types import AdAccount, Campaign, Claim, Delivery, Hit, Visit
from sandbox.business.seasons import local_day

if TYPE_CHECKING:
    from sandbox.business.world import World

NO_STEP = timedelta(0)
AROUND = (timedelta(days=-1), NO_STEP, timedelta(days=1))


class Marketing:
    """Everything about visitors and ads of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.accounts = tuple(one for one in ACCOUNTS if one.store in world.stores)
        self._books = {(one.platform, one.name): self._book(one) for one in self.accounts}
        self._desks = {name: self._desk(name) for name in world.stores}

    def account(self, platform: str, name: str) -> AdAccount:
        """An account by its names, or `KeyError`."""
        return self._books[platform, name].account

    def campaigns(self, account: AdAccount) -> tuple[Campaign, ...]:
        """The campaigns that exist now, removed ones too."""
        return self._book_of(account).campaigns(self.now)

    def delivery(self, account: AdAccount, day: date) -> list[Delivery]:
        """What the account's ads did on its day, as the platform shows it now; a day without has no rows."""
        book, desk = self._book_of(account), self._desks[account.store]
        if day > local_day(self.now, account.zone) or not desk.traffic.delivers(book, day):
            return []
        return delivered(book, day, self.now, self._clicks(book, day))

    def claims(self, account: AdAccount, day: date, by: Literal["touch", "conversion"]) -> list[Claim]:
        """Conversions the account claims by now: those of its day's clicks, or those that happened on it."""
        book, desk = self._book_of(account), self._desks[account.store]
        return claims_of(book, desk, day, self.now, by_touch=by == "touch", clicks=self._clicks(book, day))

    def visits(self, store: str, day: date) -> list[Visit]:
        """Who really came on a day of the store, in order of time."""
        desk = self._desks[store]
        traffic = desk.traffic
        found = [traffic.passer_by(day, number) for number in range(traffic.passers_by(day))]
        found += [visit for book in desk.books for visit in self._arrivals(desk, book, day)]
        found += [self._with_order(desk, one) for one in desk.journeys(day)]
        found += [one.again for one in desk.second_looks(day) if one.again and self._bought(desk, one)]
        return sorted((one for one in found if one.at <= self.now), key=lambda one: (one.at, one.visitor))

    def hits(self, store: str, day: date) -> list[Hit]:
        """What Google Analytics got of a day by now."""
        desk = self._desks[store]
        return list(received(desk, day, self.now, self.visits(store, day)))

    def orders_sources(self, store: str) -> dict[int, Visit | None]:
        """Which visit brought which order; none where no visit did."""
        desk = self._desks[store]
        visits = {one.order.id: one.visit for one in desk.all_journeys()}
        return {number: visits.get(number) for number in desk.orders() if is_known(desk.store, number)}

    def journey(self, store: str, order_id: int) -> Journey | None:
        """How one order came about; none where it did not come by the site."""
        return self._desks[store].journey(order_id)

    @property
    def now(self) -> datetime:
        """The moment all answers are of."""
        return self._world.clock

    def desk(self, store: str) -> Desk:
        """What is kept of a store, for the truth."""
        return self._desks[store]

    def days(self, zone: ZoneInfo) -> list[date]:
        """Every local day from the business's opening until today."""
        first, last = self._world.opening, local_day(self.now, zone)
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _book_of(self, account: AdAccount) -> Book:
        return self._books[account.platform, account.name]

    def _book(self, account: AdAccount) -> Book:
        return Book(
            account, self._world.opening, site=OUTLETS[account.store].site, seed=str(self._world.seed)
        )

    def _desk(self, name: str) -> Desk:
        store, seed = self._world.stores[name], str(self._world.seed)
        books = tuple(book for book in self._books.values() if book.account.store == name)
        expected = partial(self._world.expected_orders, name)
        outlet = OUTLETS.get(name, SOMEWHERE)
        traffic = Traffic(seed, name, outlet=outlet, zone=store.zone, expected=expected)
        return Desk(store, traffic, books, Guide(seed, traffic, books))

    def _clicks(self, book: Book, day: date) -> list[Click]:
        desk = self._desks[book.account.store]
        own = [desk.traffic.click(book, day, number) for number in range(desk.traffic.clicks(book, day))]
        return own + desk.buyers_clicks(book, day)

    def _arrivals(self, desk: Desk, book: Book, day: date) -> Iterator[Visit]:
        """Visits of a store's day from clicks of the days of an account that share moments with it."""
        zone, traffic = desk.store.zone, desk.traffic
        same = str(book.account.zone) == str(zone)
        for step in (NO_STEP,) if same else AROUND:
            for number in range(traffic.clicks(book, day + step)):
                click = traffic.click(book, day + step, number)
                if click.arrives and (same or local_day(click.at, zone) == day):
                    yield traffic.arrival(click)

    def _with_order(self, desk: Desk, journey: Journey) -> Visit:
        known = is_known(desk.store, journey.order.id)
        return journey.visit if known else replace(journey.visit, order=None)

    def _bought(self, desk: Desk, journey: Journey) -> bool:
        return is_known(desk.store, journey.order.id)
