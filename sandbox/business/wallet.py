"""Gift cards of a store as the planner sees them: sold on one order, spent on a later one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.business.events import Event, Paid
from sandbox.business.model import Order


@dataclass(slots=True)
class _Card:
    id: int
    balance: int
    usable_from: datetime


class Wallet:
    """All cards that still hold money."""

    def __init__(self) -> None:
        self._cards: list[_Card] = []

    def keep(self, order: Order, at: datetime) -> None:
        """Cards sold by this order can be spent some days later."""
        for line in order.lines:
            if line.item.is_gift_card:
                self._cards.append(_Card(line.id, line.books.total, at + timedelta(days=3)))

    def pay(self, at: datetime, due: int, happen: Callable[[Event], None], rng: random.Random) -> None:
        """Now and then somebody pays with a card, as far as it goes."""
        if rng.random() >= 0.02 or due <= 0:
            return
        usable = [card for card in self._cards if card.usable_from <= at]
        if not usable:
            return
        card = rng.choice(usable)
        amount = min(card.balance, due)
        happen(Paid(at, "sale", "gift_card", amount, gift_card_id=card.id))
        card.balance -= amount
        if not card.balance:
            self._cards.remove(card)
