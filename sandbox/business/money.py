"""Arithmetic of the business: minor units as integers inside, Decimal with two places outside.

Every rounding is half up, done once per line, and what does not divide evenly is handed out one penny at a
time from the first line on, so that shares always add up exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
_DECIMALS: dict[int, Decimal] = {}


def round_money(amount: Decimal) -> Decimal:
    """To the penny, half away from zero."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def money(minor: int) -> Decimal:
    """Minor units as Decimal; equal amounts share one object, which keeps large worlds small."""
    known = _DECIMALS.get(minor)
    if known is None:
        known = _DECIMALS[minor] = Decimal(minor).scaleb(-2)
    return known


def minor(amount: Decimal) -> int:
    """Decimal as minor units, rounded half away from zero."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(amount: int, part: int, whole: int) -> int:
    """`amount * part / whole`, half away from zero, for any sign of the amount."""
    if part == whole:
        return amount
    doubled = 2 * abs(amount) * part + whole
    return doubled // (2 * whole) * (1 if amount >= 0 else -1)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weight: everybody's share rounded down, the rest a penny each from the first on.

    A weight of zero gets nothing; where all are zero there is nothing to split over.
    """
    whole = sum(weights)
    if not whole or not amount:
        return [0] * len(weights)
    shares = [amount * weight // whole for weight in weights]
    rest = amount - sum(shares)
    for position, weight in enumerate(weights):
        if rest == 0:
            break
        if weight:
            shares[position] += 1
            rest -= 1
    return shares


def taxes(price: int, rates: Sequence[int], *, included: bool) -> list[int]:
    """The taxes on a price after discounts, each rounded on its own; rates in millionths.

    Where prices include tax the taxes are taken out of the price, otherwise they come on top.
    """
    base = 1_000_000 + (sum(rates) if included else 0)
    return [share(price, rate, base) for rate in rates]
