"""What becomes of an order: paid, edited, cancelled, shipped, returned, refunded, forgotten.

The whole life is drawn at once from the order's own random numbers, every step in view of the order as it
stands by then, and written down as events. The world reveals them as its clock passes.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from sandbox.business.aftercare import care
from sandbox.business.events import (
    Closed,
    Deleted,
    Delivered,
    DiscountSpec,
    Edited,
    Event,
    Fulfilled,
    Paid,
    Placed,
    Reversal,
    Touched,
)
from sandbox.business.orders import TAGS, Till
from sandbox.business.story import DAY, HOUR, Story
from sandbox.business.wallet import Wallet

APOLOGIES = (
    DiscountSpec("manual", "Sorry!", "percentage", Decimal(10)),
    DiscountSpec("manual", "Sorry!", "percentage", Decimal(25)),
    DiscountSpec("manual", "Sorry!", "fixed_amount", Decimal(1)),
)


class Lifetime(Story):
    """The whole life of an order, from checkout to oblivion."""

    def __init__(
        self, placed: Placed, till: Till, gateways: tuple[str, str], rng: random.Random, *, wallet: Wallet
    ) -> None:
        super().__init__(placed, till, gateways, rng)
        self._wallet = wallet

    def tell(self) -> tuple[Event, ...]:
        """Draw the whole life."""
        if self.placed.header.test:
            self.pay_all("bogus")
            self.maybe_delete(0.2)
        elif self._check_out():
            self._be_served()
        if self.chance(0.03) and not isinstance(self.events[-1], Deleted):
            self.wait(20 * DAY, 200 * DAY)
            note = "called twice, all well ✔" if self.chance(0.5) else None
            self.happen(Touched(self.now, (*self.order.tags, self.rng.choice(TAGS)), note))
        return tuple(self.events)

    def _check_out(self) -> bool:
        """Payment at and after checkout; false if the order came to nothing or hangs."""
        usual, other = self.gateways
        if self.placed.header.source == "pos":
            self.pay_all("cash" if self.chance(0.4) else usual)
            return True
        self._wallet.pay(self.now, self.due(), self.happen, self.rng)
        draw = self.rng.random()
        if self.due() <= 0:
            return True
        if draw < 0.03:
            return self._pay_later()
        if draw < 0.16:
            return self._authorise(usual)
        if draw < 0.18:
            self.happen(Paid(self.now, "sale", usual, self.due(), "failure", error_code="card_declined"))
            self.pay_all(other)
        elif draw < 0.181:
            for _ in range(self.rng.randrange(6, 24)):
                self.happen(Paid(self.now, "sale", usual, self.due(), "failure", error_code="card_declined"))
                self.wait(20, 90)
            self.pay_all(other)
        elif draw < 0.195 and self.due() > 1000:
            self.happen(Paid(self.now, "sale", usual, self.due() // 2))
            self.pay_all(other)
        else:
            self.pay_all(usual if self.chance(0.8) else other)
        return True

    def _pay_later(self) -> bool:
        self.happen(Paid(self.now, "sale", "bank_deposit", self.due(), "pending"))
        pending = len(self.order.transactions) - 1
        draw = self.rng.random()
        if draw < 0.07:
            return False
        self.wait(6 * HOUR, 5 * DAY)
        if draw < 0.25:
            self._cancel("other")
            return False
        self.happen(Paid(self.now, "sale", "bank_deposit", self.due(), parent=pending))
        return True

    def _authorise(self, gateway: str) -> bool:
        self.happen(Paid(self.now, "authorization", gateway, self.due()))
        first = len(self.order.transactions) - 1
        self.wait(HOUR, 3 * DAY)
        if self.chance(0.06):
            self.happen(Paid(self.now, "void", gateway, self.due(), parent=first))
            self._cancel(self.rng.choice(("fraud", "declined", "customer")))
            return False
        self.happen(Paid(self.now, "capture", gateway, self.due(), parent=first))
        return True

    def _be_served(self) -> None:
        self._wallet.keep(self.order, self.now)
        if self.chance(0.04):
            self._edit()
        sells_cards = any(line.item.is_gift_card for line in self.order.lines)
        if not sells_cards and self.placed.header.source != "pos" and self.chance(0.022):
            self.wait(HOUR // 2, 36 * HOUR)
            self._cancel(self.rng.choice(("customer", "customer", "inventory", "staff")))
            return
        self._ship()
        care(self)

    def _ship(self) -> None:
        if self.placed.header.source != "pos":
            self.wait(4 * HOUR, 3 * DAY)
        to_ship = [
            (position, line.current_quantity)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity and not line.item.is_tip
        ]
        parcels = [to_ship[:1], to_ship[1:]] if len(to_ship) > 1 and self.chance(0.08) else [to_ship]
        for parcel in parcels:
            if parcel:
                self.happen(Fulfilled(self.now, tuple(parcel)))
                self.wait(HOUR, 2 * DAY)
        if self.placed.header.source != "pos" and to_ship:
            self.wait(12 * HOUR, 4 * DAY)
            for position in range(len(self.order.fulfilments)):
                self.happen(Delivered(self.now, position))
        if self.chance(0.7):
            self.happen(Closed(self.now))

    def _edit(self) -> None:
        late = self.chance(0.4)
        self.wait(8 * HOUR if late else 300, 4 * DAY if late else 3 * HOUR)
        draw = self.rng.random()
        added = tuple(self.till.basket(self.rng)[:1]) if draw < 0.55 else ()
        removed = self.some_units(0.4) if 0.45 <= draw < 0.8 else ()
        whole = [at for at, line in self.open_lines() if line.current_quantity == line.quantity]
        discounts: tuple[DiscountSpec, ...] = ()
        if draw >= 0.8 and whole:
            discounts = (replace(self.rng.choice(APOLOGIES), lines=(self.rng.choice(whole),)),)
        if not (added or removed or discounts):
            return
        self.happen(Edited(self.now, added, removed, discounts))
        self.wait(600, DAY)
        if self.due() > 0 and self.chance(0.9):
            self.pay_all(self.gateways[self.rng.random() < 0.5])
        elif self.due() < 0 and self.chance(0.9):
            self.refund()

    def _cancel(self, reason: str) -> None:
        lines = tuple(
            Reversal(position, line.current_quantity)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity
        )
        self.refund(lines, charges=True, restock="cancel", cancel_reason=reason)
        self.maybe_delete(0.06)
