"""An order of the web shop being lived through: as it stands, the events so far, what can be given back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sandbox.business.model import ShopFee, ShopLine, ShopOrder, ShopShipping
from sandbox.business.money import minor, share
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    Delivery,
    MoneyBack,
    Ordered,
    PartBack,
    ShopEvent,
    StatusSet,
    Surcharge,
)
from sandbox.business.webshop.living import apply, order_from

MINUTE, HOUR, DAY = 60, 3600, 86_400


class Left:
    """What of one part was not given back yet: units, net and tax in minor units."""

    def __init__(self, quantity: int, net: int, tax: int) -> None:
        self.quantity, self.net, self.tax = quantity, net, tax

    def take(self, slot: int, units: int) -> PartBack:
        """So many units' share of it; of a part without units, all."""
        whole = self.quantity
        net, tax = share(self.net, units, whole), share(self.tax, units, whole)
        self.quantity, self.net, self.tax = whole - units, self.net - net, self.tax - tax
        return PartBack(slot, units, net, tax)

    def take_money(self, slot: int, percent: int) -> PartBack:
        """A part of its worth, and no unit."""
        net, tax = share(self.net, percent, 100), share(self.tax, percent, 100)
        self.net, self.tax = self.net - net, self.tax - tax
        return PartBack(slot, 0, net, tax)


class ShopStory:
    """What every chapter of a life is told with."""

    def __init__(
        self, ordered: Ordered, rng: random.Random, arrange: Callable[[Cart, random.Random], Cart]
    ) -> None:
        self.ordered, self.rng, self.arrange = ordered, rng, arrange
        self.order: ShopOrder = order_from(ordered)
        self.cart: Cart = ordered.cart
        self.events: list[ShopEvent] = [ordered]
        self.now: datetime = ordered.at
        self.lines: dict[int, Left] = {}
        self.deliveries: dict[int, Left] = {}
        self.surcharges: dict[int, Left] = {}

    def happen(self, event: ShopEvent) -> None:
        """Let an event happen to the order and write it down."""
        apply(self.order, event, self.ordered, refund_moves_order=True)
        self.events.append(event)

    def chance(self, likelihood: float) -> bool:
        """Whether something happens that happens so often."""
        return self.rng.random() < likelihood

    def wait(self, least: int, most: int) -> None:
        """Let time pass, so many seconds at least and at most."""
        self.now += timedelta(seconds=self.rng.randrange(least, most))

    def become(self, status: str, *, paid: bool = False) -> None:
        """Another status."""
        self.happen(StatusSet(self.now, status, paid))

    def settle(self) -> None:
        """From here on the cart stays as it is: what can be given back is known."""
        self.lines = _left(self.cart.lines, self.order.lines)
        self.deliveries = _left(self.cart.deliveries, self.order.shipping_lines)
        self.surcharges = _left(self.cart.surcharges, self.order.fee_lines)

    @property
    def remaining(self) -> int:
        """What of the total was not given back yet, in minor units."""
        return minor(self.order.total - self.order.refunded)

    def give_back(
        self,
        *,
        lines: Iterable[PartBack] = (),
        deliveries: Iterable[PartBack] = (),
        surcharges: Iterable[PartBack] = (),
        extra: int = 0,
        amount: int | None = None,
        reason: str = "",
    ) -> None:
        """A refund of the worth of its parts and something extra, never more than what remains."""
        parts = (tuple(lines), tuple(deliveries), tuple(surcharges))
        worth = sum(part.net + part.tax for some in parts for part in some)
        paid = min(self.remaining, worth + extra if amount is None else amount)
        if paid <= 0:
            return
        by_hand = self.order.payment_method in ("", "bacs", "cod") or self.chance(0.15)
        status = "refunded" if paid == self.remaining else None
        self.happen(MoneyBack(self.now, paid, *parts, reason, through_gateway=not by_hand, status=status))

    def everything(self) -> tuple[list[PartBack], list[PartBack], list[PartBack]]:
        """All that is left, part by part."""
        lines = [one.take(slot, one.quantity) for slot, one in self.lines.items() if one.quantity]
        freight = [one.take(slot, one.quantity) for slot, one in self.deliveries.items() if one.net]
        fees = [one.take(slot, one.quantity) for slot, one in self.surcharges.items() if one.net]
        return lines, freight, fees


def _left(
    parts: Sequence[CartLine | Delivery | Surcharge], shown: Sequence[ShopLine | ShopShipping | ShopFee]
) -> dict[int, Left]:
    """By slot, what of the parts of a cart can be given back."""
    return {
        part.slot: Left(
            line.quantity if isinstance(line, ShopLine) else 1, minor(line.total), minor(line.total_tax)
        )
        for part, line in zip(parts, shown, strict=True)
    }
