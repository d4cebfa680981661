"""The future of a web shop, drawn a day at a time, as `planner.py` does it for the other stores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.business.dice import about, with_ties
from sandbox.business.happenings import Happening
from sandbox.business.money import share
from sandbox.business.people import Town
from sandbox.business.profiles import Profile
from sandbox.business.seasons import REFERENCE_DAYS, local, moment, weight
from sandbox.business.webshop.clientele import Clientele
from sandbox.business.webshop.events import Cart, ShopLife
from sandbox.business.webshop.happenings import CouponRenewed
from sandbox.business.webshop.lifecycle import ShopLifetime, as_draft
from sandbox.business.webshop.opening import COUPONS
from sandbox.business.webshop.shelf import WebShelf
from sandbox.business.webshop.till import ShopTill

HALF_PAST_MIDNIGHT = 1800
HALF_PAST_THREE = 3 * 3600 + 1800
LAST_SECOND = 86_399
DRAFTS = 0.015


class ShopPlanner:
    """Draws every day of one web shop. `orders` are those of the other stores; its own come on top."""

    def __init__(self, profile: Profile, orders: int, seed: int, opening: date, town: Town) -> None:
        self._profile, self._seed, self._opening = profile, seed, opening
        self._zone = ZoneInfo(profile.timezone)
        self._shelf = WebShelf(profile, seed, orders * profile.share / REFERENCE_DAYS)
        self._clientele = Clientele(profile, town)
        self._till = ShopTill(profile, self._shelf, self._clientele)
        days = (opening + timedelta(days=n) for n in range(REFERENCE_DAYS))
        self.rate = orders * profile.share / sum(weight(profile.name, seed, day) for day in days)
        self._owed = 0.0
        self._drawn = 0

    def plan(self, day: date) -> Iterator[Happening | ShopLife]:
        """Everything of that day."""
        rng = random.Random(f"{self._seed}:{self._profile.name}:{day}")
        morning = local(day, self._zone, HALF_PAST_THREE)
        if day == self._opening:
            yield from self._shelf.open(local(day, self._zone, 0))
        else:
            yield from self._shelf.pass_day(rng, morning, deliver=day.day == 1)
        yield from self._renew(day)
        self._owed += self.rate * weight(self._profile.name, self._seed, day)
        due = int(self._owed)
        self._owed -= due
        moments = [moment(day, self._zone, rng) for _ in range(due)]
        if self._clocks_change(day):
            moments.append(local(day, self._zone, HALF_PAST_MIDNIGHT))
        for at in with_ties(sorted(moments), rng):
            yield from self._order(at, day)
        for _ in range(about(due * 0.04, rng)):
            yield self._clientele.subscriber(moment(day, self._zone, rng), rng)
        yield from self._clientele.move_on(local(day, self._zone, LAST_SECOND), rng, due)

    def _order(self, at: datetime, day: date) -> Iterator[Happening | ShopLife]:
        rng = random.Random(f"{self._seed}:{self._profile.name}:order {self._drawn}")
        draft = self._till.draft(self._drawn, at, day, rng)
        self._drawn += 1
        yield from draft.joined
        ordered = as_draft(draft.ordered) if rng.random() < DRAFTS else draft.ordered
        story = ShopLifetime(ordered, rng, self._arrange)
        yield ShopLife(ordered.header.id, story.tell())

    def _arrange(self, cart: Cart, rng: random.Random) -> Cart:
        """The staff change what is ordered: a line more, other units, another price."""
        lines, draw = list(cart.lines), rng.random()
        first = lines[0]
        if draw < 0.4:
            slot = max(line.slot for line in lines) + 1
            lines.append(self._till.line(slot, rng, abroad=False))
        elif draw < 0.7 and len(lines) > 1:
            del lines[0]
            # What a plugin took off the whole may be more than what is left costs.
            cart = replace(cart, surcharges=tuple(one for one in cart.surcharges if one.amount > 0))
        elif draw < 0.85:
            more = share(first.amount, first.quantity + 1, first.quantity)
            lines[0] = replace(first, quantity=first.quantity + 1, amount=more)
        else:
            lines[0] = replace(first, amount=share(first.amount, 9, 10))
        return replace(cart, lines=tuple(lines))

    def _renew(self, day: date) -> Iterator[Happening]:
        for plan in COUPONS:
            if plan.window is not None and plan.window[0] == (day.month, day.day):
                ends = date(day.year, *plan.window[1])
                yield CouponRenewed(
                    local(day, self._zone, 0), plan.code, local(ends, self._zone, LAST_SECOND)
                )

    def _clocks_change(self, day: date) -> bool:
        midnights = (local(day, self._zone, 0), local(day + timedelta(days=1), self._zone, 0))
        return midnights[1] - midnights[0] != timedelta(days=1)
