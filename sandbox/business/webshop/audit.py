"""The arithmetic of a web shop's truth: from an order's events to its entries, in Decimal.

It shares no code with `pricing.py` and `living.py`, so that a mistake in one of them shows in the other. An
order is entered as it stands, on the moment it came in; a refund on the moment it was made. What a refund
gives beyond, or keeps from, the worth of its parts is an adjustment; so is, as tax alone, the cent by which
the order's total differs from the sum of what its parts show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from sandbox.business.model import ShopTaxRate
from sandbox.business.webshop.events import CartLine, CouponUse, MoneyBack, PartBack, ShopHeader
from sandbox.business.webshop.standing import Standing

NIL = Decimal(0)
PENNY = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
ITEMS, REFUNDED_ITEMS, REFUNDS = 1_000_000, 600_000, 1000
LineType = Literal["product", "shipping", "fee", "adjustment"]


@dataclass(slots=True, frozen=True)
class ShopEntry:
    """One signed sale. `id` is that of the part; of a refund's or an order's difference that of these."""

    id: int
    event_type: Literal["order", "refund"]
    line_type: LineType
    happened_at: datetime
    quantity: int | None
    gross: Decimal
    net: Decimal
    tax: Decimal
    product_id: int | None = None


@dataclass(slots=True, frozen=True)
class _Exact:
    """A part before rounding: net, and each tax to a millionth."""

    net: Decimal
    taxes: tuple[Decimal, ...]


def audit(state: Standing) -> Iterator[ShopEntry]:
    """All entries of an order, and of its refunds."""
    yield from _Books(state).entries()
    products = {line.slot: line.item.product_id or None for line in state.cart.lines}
    written = 0
    for number, refund in enumerate(state.refunds, 1):
        entries = list(_refund_entries(state.ordered.header.id, refund, products, written))
        written += len(entries)
        yield from entries
        worth = sum((entry.net + entry.tax for entry in entries), NIL)
        difference = -(_minor(refund.amount) + worth)
        if difference:
            refund_id = state.ordered.header.id * REFUNDS + number
            yield ShopEntry(refund_id, "refund", "adjustment", refund.at, None, difference, difference, NIL)


class _Books:
    """What an order itself is entered with."""

    def __init__(self, state: Standing) -> None:
        self._ordered, self._cart = state.ordered, state.cart
        self._header: ShopHeader = state.ordered.header
        self._goods: list[_Exact] = []
        self._freight: list[_Exact] = []

    def entries(self) -> Iterator[ShopEntry]:
        """Part by part, and last what rounding left."""
        cart, shown = self._cart, NIL
        offs = _coupons(cart.lines, cart.coupons)
        for line, off in zip(cart.lines, offs, strict=True):
            price, rates = _minor(line.amount), self._rates(line.item.tax_class)
            full, reduced = self._inclusive(price, rates), self._inclusive(price - off, rates)
            self._goods.append(reduced)
            yield (entry := self._entry("product", line.slot, reduced, line=line, full=full))
            shown += entry.net + entry.tax
        standard = self._rates("")
        on_freight = [rate for rate in standard if rate.on_shipping]
        for one in cart.deliveries:
            self._freight.append(_on_top(_minor(one.amount), on_freight if one.taxed else ()))
            yield (entry := self._entry("shipping", one.slot, self._freight[-1]))
            shown += entry.net + entry.tax
        for fee in cart.surcharges:
            self._goods.append(_on_top(_minor(fee.amount), standard if fee.taxed else ()))
            yield (entry := self._entry("fee", fee.slot, self._goods[-1]))
            shown += entry.net + entry.tax
        if left := self.total() - shown:
            at = self._ordered.at
            yield ShopEntry(self._header.id, "order", "adjustment", at, None, NIL, NIL, left)

    def total(self) -> Decimal:
        """What the shop charges."""
        parts = (*self._goods, *self._freight)
        if self._header.round_at_subtotal:
            taxes = [sum((tax for part in some for tax in part.taxes), NIL) for some in self._sides()]
            whole = sum((part.net for part in parts), NIL) + sum(map(self._tax, taxes), NIL)
            return _half_up(whole)
        return sum((_half_up(part.net) + self._shown_tax(part) for part in parts), NIL)

    def _sides(self) -> tuple[list[_Exact], list[_Exact]]:
        return self._goods, self._freight

    def _entry(
        self,
        line_type: LineType,
        slot: int,
        part: _Exact,
        *,
        line: CartLine | None = None,
        full: _Exact | None = None,
    ) -> ShopEntry:
        return ShopEntry(
            self._header.id * ITEMS + slot,
            "order",
            line_type,
            self._ordered.at,
            None if line is None else line.quantity,
            _half_up((full or part).net),
            _half_up(part.net),
            self._shown_tax(part),
            None if line is None else line.item.product_id or None,
        )

    def _shown_tax(self, part: _Exact) -> Decimal:
        if self._header.round_at_subtotal:
            return self._tax(sum(part.taxes, NIL))
        return sum(map(self._tax, part.taxes), NIL)

    def _tax(self, amount: Decimal) -> Decimal:
        mode = ROUND_HALF_DOWN if self._header.prices_include_tax else ROUND_HALF_UP
        return amount.quantize(PENNY, rounding=mode)

    def _rates(self, tax_class: str) -> list[ShopTaxRate]:
        return [rate for rate in self._header.rates if rate.tax_class == tax_class]

    def _inclusive(self, price: Decimal, rates: Sequence[ShopTaxRate]) -> _Exact:
        if not self._header.prices_include_tax:
            return _on_top(price, rates)
        whole = 1 + sum((_fraction(rate) for rate in rates), NIL)
        taxes = tuple(_exactly(price * _fraction(rate) / whole) for rate in rates)
        return _Exact(price - sum(taxes, NIL), taxes)


def _refund_entries(
    order_id: int, refund: MoneyBack, products: dict[int, int | None], written: int
) -> Iterator[ShopEntry]:
    sides: tuple[tuple[LineType, Iterable[PartBack]], ...] = (
        ("product", refund.lines),
        ("shipping", refund.deliveries),
        ("fee", refund.surcharges),
    )
    for line_type, parts in sides:
        for part in parts:
            written += 1
            goods = line_type == "product"
            net = -_minor(part.net)
            yield ShopEntry(
                order_id * ITEMS + REFUNDED_ITEMS + written,
                "refund",
                line_type,
                refund.at,
                -part.quantity if goods else None,
                net,
                net,
                -_minor(part.tax),
                products[part.slot] if goods else None,
            )


def _coupons(lines: Sequence[CartLine], coupons: Sequence[CouponUse]) -> list[Decimal]:
    """What comes off each line, all coupons together."""
    prices = [_minor(line.amount) for line in lines]
    left = list(prices)
    for use in coupons:
        if use.kind == "percent":
            offs = [_half_up(price * use.amount / 100) for price in prices]
        elif use.kind == "fixed_product":
            offs = [use.amount * line.quantity for line in lines]
        else:
            offs = _spread(min(use.amount, sum(left, NIL)), left)
        left = [rest - min(rest, off) for rest, off in zip(left, offs, strict=True)]
    return [price - rest for price, rest in zip(prices, left, strict=True)]


def _spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares rounded down, and the pennies that are left one each from the first on."""
    whole = sum(weights, NIL)
    if not whole:
        return [NIL for _ in weights]
    shares = [(amount * weight / whole).quantize(PENNY, rounding=ROUND_FLOOR) for weight in weights]
    pennies = int((amount - sum(shares, NIL)) / PENNY)
    for number, weight in enumerate(weights):
        if weight and pennies:
            shares[number] += PENNY
            pennies -= 1
    return shares


def _on_top(amount: Decimal, rates: Sequence[ShopTaxRate]) -> _Exact:
    return _Exact(amount, tuple(_exactly(amount * _fraction(rate)) for rate in rates))


def _fraction(rate: ShopTaxRate) -> Decimal:
    return Decimal(rate.rate).scaleb(-6)


def _exactly(amount: Decimal) -> Decimal:
    return amount.quantize(MILLIONTH, rounding=ROUND_HALF_UP)


def _half_up(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def _minor(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)
