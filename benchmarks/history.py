"""The history that both platforms' documents tell: the same carts, at the same moments, at the same prices.

Orders come in the order of their numbers, a fixed number a day: more orders are a longer history. The same
number is always the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2021, 5, 31, tzinfo=UTC)
PER_DAY = 250
PRICES = (1250, 1999, 2495, 3500, 4999, 7900)  # pennies, tax included
SHIPPING = 495
TAX_RATE = 20
PRODUCTS = 500
PEOPLE = 40_000


@dataclass(frozen=True)
class Item:
    """One line of a cart: a product, how many, and the price of one."""

    product: int
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        """What the line costs, tax included."""
        return self.quantity * self.price


def moment(n: int) -> datetime:
    """When order `n` was placed."""
    return START + timedelta(days=n // PER_DAY, seconds=(n % PER_DAY) * (86_400 // PER_DAY))


def cart(n: int) -> list[Item]:
    """What order `n` holds: one to three lines of one or two pieces."""
    return [
        Item(1 + (n + 3 * i) % PRODUCTS, 1 + (n + i) % 2, PRICES[(n + 3 * i) % len(PRICES)])
        for i in range(1 + n % 3)
    ]


def tax(amount: int) -> int:
    """The tax inside an amount of pennies, rounded to the nearest."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * TAX_RATE + 100 + TAX_RATE) // (2 * (100 + TAX_RATE)))


def money(pennies: int) -> str:
    """An amount as a vendor writes it."""
    sign, value = ("-" if pennies < 0 else ""), abs(pennies)
    return f"{sign}{value // 100}.{value % 100:02}"
