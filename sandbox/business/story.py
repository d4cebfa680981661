"""An order being lived through: the state so far, the events that led to it, and the dice."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sandbox.business.booking import place
from sandbox.business.events import Deleted, Event, Paid, Placed, Refunded, Reversal
from sandbox.business.model import Order, OrderLine
from sandbox.business.money import minor, share
from sandbox.business.orders import Till
from sandbox.business.refunding import money_back
from sandbox.business.settling import apply
from sandbox.business.totals import totals

HOUR = 3600
DAY = 24 * HOUR


class Story:
    """What every chapter of a life is told with."""

    def __init__(self, placed: Placed, till: Till, gateways: tuple[str, str], rng: random.Random) -> None:
        self.placed, self.till, self.gateways, self.rng = placed, till, gateways, rng
        self.order: Order = place(placed)
        self.events: list[Event] = [placed]
        self.now: datetime = placed.at

    def happen(self, event: Event) -> None:
        """Let an event happen to the order and write it down."""
        apply(self.order, event, self.placed.tax_rates)
        self.events.append(event)

    def chance(self, likelihood: float) -> bool:
        """Whether something happens that happens so often."""
        return self.rng.random() < likelihood

    def wait(self, least: int, most: int) -> None:
        """Let time pass, so many seconds at least and at most."""
        self.now += timedelta(seconds=self.rng.randrange(least, most))

    def due(self) -> int:
        """What the buyer owes, in minor units; negative where the shop does."""
        return minor(totals(self.order).outstanding)

    def pay_all(self, gateway: str) -> None:
        """Pay what is due, if anything is."""
        if self.due() > 0:
            self.happen(Paid(self.now, "sale", gateway, self.due()))

    def refund(self, lines: tuple[Reversal, ...] = (), **details: object) -> None:
        """Give back lines and whatever else the details of `Refunded` say, with all the money owed then."""
        self.happen(money_back(self.order, Refunded(self.now, lines, **details), self.rng))  # type: ignore[arg-type]

    def open_lines(self) -> list[tuple[int, OrderLine]]:
        """Goods still with the buyer, or still to be sent, by position."""
        return [
            (position, line)
            for position, line in enumerate(self.order.lines)
            if line.current_quantity and not (line.item.is_gift_card or line.item.is_tip)
        ]

    def some_units(self, part: float) -> tuple[Reversal, ...]:
        """Units of one line or of several, never none where there is something."""
        chosen: list[Reversal] = []
        for position, line in self.open_lines():
            if not chosen or self.chance(part):
                units = line.current_quantity if self.chance(0.5) else 1
                chosen.append(Reversal(position, units))
        return tuple(chosen)

    def worth(self, reversal: Reversal) -> int:
        """What units are worth by what is booked on their line."""
        books = self.order.lines[reversal.line].books
        return share(books.total, reversal.quantity, books.quantity)

    def shipping_left(self) -> int:
        """What is left of the shipping charge, tax included."""
        return self.order.shipping_lines[0].books.total if self.order.shipping_lines else 0

    def maybe_delete(self, likelihood: float) -> None:
        """Now and then an order that came to nothing is deleted."""
        if self.chance(likelihood):
            self.wait(DAY, 60 * DAY)
            self.events.append(Deleted(self.now))
