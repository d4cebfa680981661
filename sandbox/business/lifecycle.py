"""What becomes of an order: paid, edited, cancelled, shipped, returned, refunded, forgotten.

The whole life is drawn at once from the order's own random numbers, every step in view of the order as it
stands by then, and written down as events. The world reveals them as its clock passes.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.business.booking import place
from sandbox.business.events import (
    Closed,
    Deleted,
    Delivered,
    DiscountSpec,
    Edited,
    Event,
    Fulfilled,
    LineSpec,
    Paid,
    Placed,
    Refunded,
    Returned,
    Reversal,
    Touched,
)
from sandbox.business.model import Order, OrderLine
from sandbox.business.money import minor, share
from sandbox.business.orders import TAGS, Till
from sandbox.business.refunding import money_back
from sandbox.business.settling import apply
from sandbox.business.totals import totals
from sandbox.business.wallet import Wallet

HOUR = 3600
DAY = 24 * HOUR
APOLOGIES = (
    DiscountSpec("manual", "Sorry!", "percentage", Decimal(10)),
    DiscountSpec("manual", "Sorry!", "percentage", Decimal(25)),
    DiscountSpec("manual", "Sorry!", "fixed_amount", Decimal(1)),
)


class Story:
    """An order being lived through: the state so far and the events that led to it."""

    def __init__(self, placed: Placed, till: Till, wallet: Wallet, rng: random.Random) -> None:
        self.placed, self.rng = placed, rng
        self.order: Order = place(placed)
        self.events: list[Event] = [placed]
        self.now: datetime = placed.at
        self._till, self._wallet = till, wallet

    def tell(self, gateways: tuple[str, str]) -> tuple[Event, ...]:
        """Draw the whole life."""
        self._gateways = gateways
        if self.placed.header.test:
            self._pay_all("bogus")
            self._maybe_delete(0.2)
        elif self._check_out():
            self._be_served()
        if self._chance(0.03) and not isinstance(self.events[-1], Deleted):
            self._wait(20 * DAY, 200 * DAY)
            note = "called twice, all well ✔" if self._chance(0.5) else None
            self._happen(Touched(self.now, (*self.order.tags, self.rng.choice(TAGS)), note))
        return tuple(self.events)

    def _happen(self, event: Event) -> None:
        apply(self.order, event, self.placed.tax_rates)
        self.events.append(event)

    def _chance(self, likelihood: float) -> bool:
        return self.rng.random() < likelihood

    def _wait(self, least: int, most: int) -> None:
        self.now += timedelta(seconds=self.rng.randrange(least, most))

    def _due(self) -> int:
        return minor(totals(self.order).outstanding)

    def _pay_all(self, gateway: str) -> None:
        if self._due() > 0:
            self._happen(Paid(self.now, "sale", gateway, self._due()))

    def _check_out(self) -> bool:
        """Payment at and after checkout; false if the order came to nothing or hangs."""
        usual, other = self._gateways
        if self.placed.header.source == "pos":
            self._pay_all("cash" if self._chance(0.4) else usual)
            return True
        self._wallet.pay(self.now, self._due(), self._happen, self.rng)
        draw = self.rng.random()
        if self._due() <= 0:
            return True
        if draw < 0.03:
            return self._pay_later()
        if draw < 0.16:
            return self._authorise(usual)
        if draw < 0.18:
            self._happen(Paid(self.now, "sale", usual, self._due(), "failure", error_code="card_declined"))
            self._pay_all(other)
        elif draw < 0.181:
            for _ in range(self.rng.randrange(6, 24)):
                self._happen(
                    Paid(self.now, "sale", usual, self._due(), "failure", error_code="card_declined")
                )
                self._wait(20, 90)
            self._pay_all(other)
        elif draw < 0.195 and self._due() > 1000:
            self._happen(Paid(self.now, "sale", usual, self._due() // 2))
            self._pay_all(other)
        else:
            self._pay_all(usual if self._chance(0.8) else other)
        return True

    def _pay_later(self) -> bool:
        self._happen(Paid(self.now, "sale", "bank_deposit", self._due(), "pending"))
        draw = self.rng.random()
        if draw < 0.07:
            return False
        self._wait(6 * HOUR, 5 * DAY)
        if draw < 0.25:
            self._cancel("other")
            return False
        self._happen(Paid(self.now, "sale", "bank_deposit", self._due(), parent=0))
        return True

    def _authorise(self, gateway: str) -> bool:
        self._happen(Paid(self.now, "authorization", gateway, self._due()))
        first = len(self.order.transactions) - 1
        self._wait(HOUR, 3 * DAY)
        if self._chance(0.06):
            self._happen(Paid(self.now, "void", gateway, self._due(), parent=first))
            self._cancel(self.rng.choice(("fraud", "declined", "customer")))
            return False
        self._happen(Paid(self.now, "capture", gateway, self._due(), parent=first))
        return True

    def _be_served(self) -> None:
        self._wallet.keep(self.order, self.now)
        if self._chance(0.04):
            self._edit()
        sells_cards = any(line.item.is_gift_card for line in self.order.lines)
        if not sells_cards and self.placed.header.source != "pos" and self._chance(0.022):
            self._wait(HOUR // 2, 36 * HOUR)
            self._cancel(self.rng.choice(("customer", "customer", "inventory", "staff")))
            return
        self._ship()
        draw = self.rng.random()
        for likelihood, chapter in (
            (0.070, self._return),
            (0.022, self._refund_lines),
            (0.006, self._refund_shipping),
            (0.010, self._goodwill),
            (0.005, self._goodwill_then_rest),
            (0.001, self._refund_bit_by_bit),
        ):
            if draw < likelihood:
                chapter()
                break
            draw -= likelihood

    def _ship(self) -> None:
        if self.placed.header.source != "pos":
            self._wait(4 * HOUR, 3 * DAY)
        to_ship = [
            (position, line.current_quantity)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity and not line.item.is_tip
        ]
        parcels = [to_ship[:1], to_ship[1:]] if len(to_ship) > 1 and self._chance(0.08) else [to_ship]
        for parcel in parcels:
            if parcel:
                self._happen(Fulfilled(self.now, tuple(parcel)))
                self._wait(HOUR, 2 * DAY)
        if self.placed.header.source != "pos" and to_ship:
            self._wait(12 * HOUR, 4 * DAY)
            for position in range(len(self.order.fulfilments)):
                self._happen(Delivered(self.now, position))
        if self._chance(0.7):
            self._happen(Closed(self.now))

    def _edit(self) -> None:
        late = self._chance(0.4)
        self._wait(8 * HOUR if late else 300, 4 * DAY if late else 3 * HOUR)
        draw = self.rng.random()
        added = tuple(self._till.basket(self.rng)[:1]) if draw < 0.55 else ()
        removed = self._some_units(0.4) if 0.45 <= draw < 0.8 else ()
        whole = [at for at, line in self._open_lines() if line.current_quantity == line.quantity]
        discounts: tuple[DiscountSpec, ...] = ()
        if draw >= 0.8 and whole:
            discounts = (replace(self.rng.choice(APOLOGIES), lines=(self.rng.choice(whole),)),)
        if not (added or removed or discounts):
            return
        self._happen(Edited(self.now, added, removed, discounts))
        self._wait(600, DAY)
        if self._due() > 0 and self._chance(0.9):
            self._pay_all(self._gateways[self.rng.random() < 0.5])
        elif self._due() < 0 and self._chance(0.9):
            self._refund()

    def _cancel(self, reason: str) -> None:
        lines = tuple(
            Reversal(position, line.current_quantity)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity
        )
        self._refund(lines, charges=True, restock="cancel", cancel_reason=reason)
        self._maybe_delete(0.06)

    def _return(self) -> None:
        self._wait(3 * DAY, 20 * DAY)
        lines = self._some_units(0.5)
        if not lines:
            return
        exchange: tuple[LineSpec, ...] = ()
        if self._chance(0.2):
            exchange = (LineSpec(self._till.basket(self.rng)[0].item, lines[0].quantity),)
        fee = 350 if not exchange and self._chance(0.07) else 0
        worth = sum(self._worth(reversal) for reversal in lines)
        self._happen(Returned(self.now, lines, exchange, fee if worth > 2 * fee else 0))
        position = len(self.order.returns) - 1
        if self._chance(0.04):
            return
        self._wait(DAY, 9 * DAY)
        kept = share(worth, 10, 100) if not exchange and self._chance(0.08) else 0
        shipping = self._shipping_left() if self._chance(0.15) else 0
        adjustments = (("restock", kept),) if kept else ()
        self._refund(settles=position, shipping=shipping, adjustments=adjustments)
        if self._due() > 0:
            self._pay_all(self._gateways[1])
        if exchange:
            self._happen(Fulfilled(self.now, ((len(self.order.lines) - 1, exchange[0].quantity),)))
        if self._chance(0.06):
            self._return()

    def _refund_lines(self) -> None:
        self._wait(DAY, 25 * DAY)
        lines = self._some_units(0.6)
        if lines:
            shipping = self._shipping_left() if self._chance(0.3) else 0
            damaged = self._chance(0.4)
            self._refund(lines, shipping=shipping, restock="no_restock" if damaged else "return")

    def _refund_shipping(self) -> None:
        self._wait(DAY, 12 * DAY)
        left = self._shipping_left()
        if left:
            self._refund(shipping=left if self._chance(0.6) else max(1, left // 2))

    def _goodwill(self) -> None:
        self._wait(2 * DAY, 40 * DAY)
        paid = minor(totals(self.order).net_payment)
        if paid > 200:
            amount = min(paid, self.rng.choice((200, 300, 500, 750)))
            reason = self.rng.choice(("damage", "customer", "refund_discrepancy"))
            self._refund(adjustments=((reason, -amount),), note="goodwill")

    def _goodwill_then_rest(self) -> None:
        self._goodwill()
        self._wait(2 * DAY, 20 * DAY)
        lines = tuple(Reversal(position, line.current_quantity) for position, line in self._open_lines())
        if lines:
            self._refund(lines, shipping=self._shipping_left())

    def _refund_bit_by_bit(self) -> None:
        """A long complaint: many small refunds, more than one page of anything holds."""
        for _ in range(self.rng.randrange(8, 26)):
            self._wait(HOUR, 2 * DAY)
            if totals(self.order).net_payment > 1:
                self._refund(adjustments=(("customer", -self.rng.randrange(5, 60)),))

    def _refund(self, lines: tuple[Reversal, ...] = (), **details: object) -> None:
        self._happen(money_back(self.order, Refunded(self.now, lines, **details), self.rng))  # type: ignore[arg-type]

    def _open_lines(self) -> list[tuple[int, OrderLine]]:
        return [
            (position, line)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity and not (line.item.is_gift_card or line.item.is_tip)
        ]

    def _some_units(self, part: float) -> tuple[Reversal, ...]:
        """Units of one line or of several, never none where there is something."""
        chosen: list[Reversal] = []
        for position, line in self._open_lines():
            if not chosen or self._chance(part):
                units = line.current_quantity if self._chance(0.5) else 1
                chosen.append(Reversal(position, units))
        return tuple(chosen)

    def _worth(self, reversal: Reversal) -> int:
        books = self.order.lines[reversal.line].books
        return share(books.total, reversal.quantity, books.quantity)

    def _shipping_left(self) -> int:
        return self.order.shipping_lines[0].books.total if self.order.shipping_lines else 0

    def _maybe_delete(self, likelihood: float) -> None:
        if self._chance(likelihood):
            self._wait(DAY, 60 * DAY)
            self.events.append(Deleted(self.now))
