"""The future of the practice world, drawn a day at a time and always in the same way for the same seed.

A day is planned whole, ahead of the clock. What is drawn for a day depends on the seed and on the days
before it alone, never on the clock: so advancing a world and building it later give the same state.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.business.carts import abandon
from sandbox.business.catalog import Shelf
from sandbox.business.dice import about, with_ties
from sandbox.business.events import Life
from sandbox.business.happenings import (
    CheckoutAbandoned,
    CheckoutCompleted,
    CustomerDeleted,
    CustomerRedacted,
    DiscountRenewed,
    Happening,
)
from sandbox.business.lifecycle import Lifetime
from sandbox.business.model import Order
from sandbox.business.orders import BLACK_FRIDAY, CODES, Till
from sandbox.business.people import Town
from sandbox.business.profiles import PROFILES, WEB_PROFILES, Profile
from sandbox.business.seasons import REFERENCE_DAYS, local, moment, weight
from sandbox.business.wallet import Wallet
from sandbox.business.webshop.events import ShopLife
from sandbox.business.webshop.planner import ShopPlanner

HALF_PAST_THREE = 3 * 3600 + 1800


@dataclass(slots=True, frozen=True)
class PlannedLife:
    """An order's life and the order at the end of it."""

    life: Life
    order: Order


Planned = Happening | PlannedLife | ShopLife


@dataclass(slots=True)
class _Desk:
    """What the planner knows of one store."""

    profile: Profile
    zone: ZoneInfo
    shelf: Shelf
    till: Till
    wallet: Wallet
    rate: float  # orders per unit of day weight
    owed: float = 0.0  # orders due so far, as a fraction
    drawn: int = 0
    checkouts: int = 0


class Planner:
    """Draws every day of all stores."""

    def __init__(self, orders: int, seed: int, opening: date) -> None:
        self.opening, self.seed = opening, seed
        self._town = Town(seed)
        self._desks = {profile.name: self._desk(profile, orders) for profile in PROFILES}
        # They know the town's people and leave no trace there: the others live on as if they were not.
        self._web = {one.name: ShopPlanner(one, orders, seed, opening, self._town) for one in WEB_PROFILES}
        self._next = opening

    def opening_moment(self, profile: Profile) -> datetime:
        """When a store opened: the first local midnight."""
        return local(self.opening, ZoneInfo(profile.timezone), 0)

    def expected(self, store: str, day: date) -> float:
        """How many orders a day of a store is good for: what is drawn for it is this on average."""
        rate = self._desks[store].rate if store in self._desks else self._web[store].rate
        return rate * weight(store, self.seed, day) if day >= self.opening else 0.0

    def plan_until(self, day: date) -> Iterator[tuple[str, Planned]]:
        """Everything of the days up to and including this one that was not planned before."""
        while self._next <= day:
            for name, desk in self._desks.items():
                for planned in self._plan(desk, self._next):
                    yield name, planned
            for name, shop in self._web.items():
                for happening in shop.plan(self._next):
                    yield name, happening
            self._next += timedelta(days=1)

    def _desk(self, profile: Profile, orders: int) -> _Desk:
        days = (self.opening + timedelta(days=n) for n in range(REFERENCE_DAYS))
        whole = sum(weight(profile.name, self.seed, day) for day in days)
        shelf = Shelf(profile, self.seed, orders * profile.share / REFERENCE_DAYS)
        till = Till(profile, shelf, self._town, self.opening_moment(profile))
        rate = orders * profile.share / whole
        return _Desk(profile, ZoneInfo(profile.timezone), shelf, till, Wallet(), rate)

    def _plan(self, desk: _Desk, day: date) -> Iterator[Planned]:
        rng = random.Random(f"{self.seed}:{desk.profile.name}:{day}")
        morning = local(day, desk.zone, HALF_PAST_THREE)
        if day == self.opening:
            yield from desk.shelf.open(local(day, desk.zone, 0))
        else:
            yield from desk.shelf.pass_day(rng, morning, deliver=day.day == 1)
        yield from self._renew(desk, day)
        desk.owed += desk.rate * weight(desk.profile.name, self.seed, day)
        due = int(desk.owed) - desk.drawn
        for at in with_ties(sorted(moment(day, desk.zone, rng) for _ in range(due)), rng):
            yield from self._order(desk, at, day)
        yield from self._subscribers(desk, day, rng, due)
        yield from self._carts(desk, day, rng, due)

    def _order(self, desk: _Desk, at: datetime, day: date) -> Iterator[Planned]:
        rng = random.Random(f"{self.seed}:{desk.profile.name}:order {desk.drawn}")
        draft = desk.till.draft(desk.drawn, at, day, rng)
        desk.drawn += 1
        yield from draft.joined
        story = Lifetime(draft.placed, desk.till, desk.profile.gateways, rng, wallet=desk.wallet)
        events = story.tell()
        yield PlannedLife(Life(draft.placed.header.id, events), story.order)

    def _subscribers(self, desk: _Desk, day: date, rng: random.Random, due: int) -> Iterator[Planned]:
        for _ in range(about(due * 0.05, rng)):
            at = moment(day, desk.zone, rng)
            joined = self._town.subscriber(desk.profile, at, rng)
            yield joined
            if rng.random() < 0.1:
                gone = at + timedelta(seconds=rng.randrange(10 * 86_400, 90 * 86_400))
                yield CustomerDeleted(gone, joined.customer.id)
        for _ in range(about(due * 0.001, rng)):
            customer = self._town.forget(desk.profile, rng)
            if customer is not None:
                yield CustomerRedacted(local(day, desk.zone, 86_399), customer.id)

    def _carts(self, desk: _Desk, day: date, rng: random.Random, due: int) -> Iterator[Planned]:
        for _ in range(about(due * 0.15, rng)):
            at = moment(day, desk.zone, rng)
            desk.checkouts += 1
            person = self._town.buyer(desk.profile, rng)
            customer, joined = self._town.customer(person, desk.profile, at, rng)
            yield from joined
            checkout = abandon(desk.checkouts, at, desk.profile, customer, desk.till.basket(rng))
            yield CheckoutAbandoned(checkout)
            if rng.random() < 0.2:
                later = checkout.updated_at + timedelta(seconds=rng.randrange(1800, 2 * 86_400))
                yield CheckoutCompleted(later, checkout.id)

    def _renew(self, desk: _Desk, day: date) -> Iterator[Planned]:
        for code in (*CODES, BLACK_FRIDAY):
            if code.window is not None and code.window[0] == (day.month, day.day):
                ends = date(day.year, *code.window[1])
                yield DiscountRenewed(
                    local(day, desk.zone, 0), code.spec.title, local(ends, desk.zone, 86_399)
                )
