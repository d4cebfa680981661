"""What a cart comes to: coupons, taxes and totals, in whole millionths of the currency.

Coupons come off the prices one after the other, each worked out on the full price and never more than what
is left. Taxes are taken out of prices that include them, and come on top of delivery and surcharges. The
net is rounded half up; a tax half towards zero where prices include it, so that net and tax of a line are
its price again. A shop that rounds at the subtotal adds up first, so its total can differ by a cent from
the sum of what its lines show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sandbox.business.model import ShopTaxRate
from sandbox.business.money import allocate, minor, share
from sandbox.business.webshop.events import Cart, CartLine, CouponUse, ShopHeader

MILLION = 1_000_000
CENT = 10_000  # millionths
Rates = Sequence[ShopTaxRate]


@dataclass(slots=True, frozen=True)
class Part:
    """A price without tax and its taxes by rate id, in millionths."""

    net: int
    taxes: tuple[tuple[int, int], ...] = ()

    @property
    def tax(self) -> int:
        """All its taxes."""
        return sum(amount for _, amount in self.taxes)


@dataclass(slots=True, frozen=True)
class PricedLine:
    """A line before and after coupons; `cuts` are what each coupon takes off, in minor units."""

    before: Part
    after: Part
    cuts: tuple[int, ...]


@dataclass(slots=True)
class Bill:
    """A cart priced, part by part."""

    lines: list[PricedLine]
    deliveries: list[Part]
    surcharges: list[Part]


class Rounding:
    """How a shop rounds to the cent."""

    def __init__(self, header: ShopHeader) -> None:
        self._towards_zero = header.prices_include_tax
        self.at_subtotal = header.round_at_subtotal

    def net(self, millionths: int) -> int:
        """An amount without tax, in minor units."""
        return share(millionths, 1, CENT)

    def tax(self, millionths: int) -> int:
        """One tax, in minor units."""
        if not self._towards_zero:
            return share(millionths, 1, CENT)
        whole = (2 * abs(millionths) + CENT - 1) // (2 * CENT)
        return whole if millionths >= 0 else -whole

    def taxes(self, part: Part) -> int:
        """The taxes of one part, as the shop shows them there."""
        if self.at_subtotal:
            return self.tax(part.tax)
        return sum(self.tax(amount) for _, amount in part.taxes)

    def tax_of(self, parts: Iterable[Part]) -> int:
        """The taxes of several parts together, as the shop shows them for the order."""
        if self.at_subtotal:
            return self.tax(sum(part.tax for part in parts))
        return sum(self.taxes(part) for part in parts)

    def total(self, goods: Sequence[Part], freight: Sequence[Part]) -> int:
        """What the whole order comes to."""
        taxes = self.tax_of(goods) + self.tax_of(freight)
        if self.at_subtotal:
            return self.net(sum(part.net for part in (*goods, *freight))) + taxes
        return sum(self.net(part.net) for part in (*goods, *freight)) + taxes


def price(cart: Cart, header: ShopHeader) -> Bill:
    """Price every part of a cart."""
    cuts = coupon_cuts(cart.lines, cart.coupons)
    lines = []
    for line, taken in zip(cart.lines, cuts, strict=True):
        rates = _of_class(header.rates, line.item.tax_class)
        before = _priced(line.amount, rates, included=header.prices_include_tax)
        off = sum(taken)
        after = _priced(line.amount - off, rates, included=header.prices_include_tax) if off else before
        lines.append(PricedLine(before, after, tuple(taken)))
    standard = _of_class(header.rates, "")
    on_freight = [rate for rate in standard if rate.on_shipping]
    deliveries = [
        _priced(one.amount, on_freight if one.taxed else (), included=False) for one in cart.deliveries
    ]
    fees = [_priced(one.amount, standard if one.taxed else (), included=False) for one in cart.surcharges]
    return Bill(lines, deliveries, fees)


def coupon_cuts(lines: Sequence[CartLine], coupons: Sequence[CouponUse]) -> list[list[int]]:
    """Per line what every coupon takes off, in minor units of the price."""
    cuts: list[list[int]] = [[] for _ in lines]
    left = [line.amount for line in lines]
    for coupon in coupons:
        if coupon.kind == "fixed_cart":
            offs = allocate(min(minor(coupon.amount), sum(left)), left)
        elif coupon.kind == "percent":
            offs = [share(line.amount, int(coupon.amount * 100), 10_000) for line in lines]
        else:
            offs = [minor(coupon.amount) * line.quantity for line in lines]
        for number, off in enumerate(offs):
            taken = min(off, left[number])
            left[number] -= taken
            cuts[number].append(taken)
    return cuts


def without_tax(amount: int, rates: Rates) -> int:
    """What an amount with tax is without, in millionths."""
    return amount * CENT - sum(_shares(amount, rates, included=True))


def _of_class(rates: Rates, tax_class: str) -> Rates:
    return [rate for rate in rates if rate.tax_class == tax_class] if rates else rates


def _priced(amount: int, rates: Rates, *, included: bool) -> Part:
    if not rates:
        return Part(amount * CENT)
    shares = _shares(amount, rates, included=included)
    taxes = tuple((rate.id, taken) for rate, taken in zip(rates, shares, strict=True))
    return Part(amount * CENT - sum(shares) if included else amount * CENT, taxes)


def _shares(amount: int, rates: Rates, *, included: bool) -> list[int]:
    whole = MILLION + (sum(rate.rate for rate in rates) if included else 0)
    return [share(amount * CENT, rate.rate, whole) for rate in rates]
