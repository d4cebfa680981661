"""The books of one order kept a second time, from its events and prices alone.

It shares no arithmetic with `booking.py`: everything here is Decimal, worked out forwards per line from
price, quantity, discount and tax rate. Tests hold the two against each other, sale by sale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from sandbox.business.events import (
    DiscountSpec,
    Edited,
    Event,
    LineSpec,
    Placed,
    Refunded,
    Returned,
    Reversal,
)
from sandbox.business.ids import BLOCK
from sandbox.business.model import Item

PENNY = Decimal("0.01")
NIL = Decimal("0.00")
EventType = Literal["order", "edit", "return", "refund"]
LineType = Literal["product", "gift_card", "shipping", "duty", "fee", "tip", "adjustment"]


@dataclass(slots=True)
class Entry:
    """One sale as the auditor sees it."""

    sale_id: int
    event_type: EventType
    line_type: LineType
    happened_at: datetime
    quantity: int | None
    net: Decimal
    discount: Decimal
    tax: Decimal
    product_id: int | None


@dataclass(slots=True)
class _Position:
    """What is still sold on a line (or a shipping line): amounts without tax, and the tax."""

    line_type: LineType
    quantity: int
    net: Decimal
    discount: Decimal
    tax: Decimal
    taxes: tuple[Decimal, ...]
    product_id: int | None = None

    def take(self, quantity: int, amount: Decimal | None = None) -> tuple[Decimal, Decimal, Decimal]:
        """Take units, or an amount of the total, out: net, discount and tax, rounded from what is left."""
        whole = Decimal(self.quantity) if amount is None else self.net + self.tax
        part = Decimal(quantity) if amount is None else amount
        total = _part(self.net + self.tax, part, whole) if amount is None else amount
        tax, discount = _part(self.tax, part, whole), _part(self.discount, part, whole)
        self.quantity -= quantity
        self.net -= total - tax
        self.tax -= tax
        self.discount -= discount
        return total - tax, discount, tax


def audit(events: Sequence[Event]) -> Iterator[Entry]:
    """All sales of an order, in the order in which they were booked."""
    placed = events[0]
    assert isinstance(placed, Placed)
    auditor = _Auditor(placed)
    yield from auditor.placed()
    for event in events[1:]:
        match event:
            case Edited():
                yield from auditor.edited(event)
            case Returned():
                yield from auditor.returned(event)
            case Refunded():
                yield from auditor.refunded(event)
            case _:
                pass


@dataclass(slots=True)
class _Auditor:
    order: Placed
    lines: list[_Position] = field(default_factory=list)
    freight: _Position | None = None
    charges: dict[str, Decimal] = field(default_factory=dict)
    written: int = 0

    def placed(self) -> Iterator[Entry]:
        order, at = self.order, self.order.happened_at
        for spec, off in zip(order.lines, _discounts(order.lines, order.discounts), strict=True):
            self.lines.append(self._position(spec, off))
        if order.shipping is not None:
            self.freight = self._freight()
        if not order.books_order:
            return
        for line in self.lines:
            yield self._entry("order", at, line, line.quantity, (line.net, line.discount, line.tax))
        if self.freight is not None:
            freight = self.freight
            yield self._entry("order", at, freight, None, (freight.net, freight.discount, freight.tax))
        for name, amount in (("duty", order.duty), ("additional_fee", order.additional_fee)):
            if amount:
                self.charges[name] = _minor(amount)
                yield self._charge("order", at, name, self.charges[name])

    def edited(self, event: Edited) -> Iterator[Entry]:
        yield from self._sell("edit", event.at, event.added)
        for reversal in event.removed:
            yield self._reverse("edit", event.at, reversal)
        for discount in event.discounts:
            for number in discount.lines or ():
                yield self._cheapen(event.at, self.lines[number], discount)

    def returned(self, event: Returned) -> Iterator[Entry]:
        for reversal in event.lines:
            yield self._reverse("return", event.at, reversal)
        yield from self._sell("return", event.at, event.exchange)
        if event.fee:
            self.charges["fee"] = self.charges.get("fee", NIL) + _minor(event.fee)
            yield self._charge("return", event.at, "fee", _minor(event.fee))

    def refunded(self, event: Refunded) -> Iterator[Entry]:
        for reversal in event.lines:
            yield self._reverse("refund", event.at, reversal)
        if self.freight is not None:
            freight = self.freight
            part = freight.net + freight.tax if event.cancel_reason else _minor(event.shipping)
            if part:
                taken = freight.take(0, part)
                yield self._entry("refund", event.at, freight, None, _negative(taken))
        if event.charges:
            for name, amount in self.charges.items():
                yield self._charge("refund", event.at, name, -amount)
            self.charges.clear()
        for _, amount_ in event.adjustments:
            yield self._charge("refund", event.at, "adjustment", _minor(amount_))

    def _sell(self, kind: EventType, at: datetime, specs: Sequence[LineSpec]) -> Iterator[Entry]:
        for spec in specs:
            line = self._position(spec, NIL)
            self.lines.append(line)
            yield self._entry(kind, at, line, line.quantity, (line.net, line.discount, line.tax))

    def _reverse(self, kind: EventType, at: datetime, reversal: Reversal) -> Entry:
        line = self.lines[reversal.line]
        taken = line.take(reversal.quantity, None if reversal.amount is None else _minor(reversal.amount))
        return self._entry(kind, at, line, -reversal.quantity, _negative(taken))

    def _cheapen(self, at: datetime, line: _Position, discount: DiscountSpec) -> Entry:
        included = self.order.header.taxes_included
        price = line.net + line.tax if included else line.net
        cheaper = price - _off(discount, price, line.quantity)
        tax = _tax(cheaper, line.taxes, included=included)
        net = cheaper - tax if included else cheaper
        change = (net - line.net, line.net - net, tax - line.tax)
        line.net, line.tax, line.discount = net, tax, line.discount + change[1]
        return self._entry("edit", at, line, 0, change)

    def _position(self, spec: LineSpec, off: Decimal) -> _Position:
        item = spec.item
        line_type: LineType = "gift_card" if item.is_gift_card else "tip" if item.is_tip else "product"
        rates = self._rates() if item.taxable else ()
        position = self._priced(line_type, spec.quantity, _price(item, spec.quantity), off, rates)
        position.product_id = item.product_id
        return position

    def _freight(self) -> _Position:
        spec = self.order.shipping
        assert spec is not None
        left = price = _minor(spec.price)
        for discount in self.order.discounts:
            if discount.target == "shipping_line":
                left -= _off(discount, left, 1)
        return self._priced("shipping", 1, price, price - left, self._rates() if spec.taxed else ())

    def _priced(
        self,
        line_type: LineType,
        quantity: int,
        price: Decimal,
        off: Decimal,
        rates: tuple[Decimal, ...],
    ) -> _Position:
        included = self.order.header.taxes_included
        tax = _tax(price - off, rates, included=included)
        net = price - off - tax if included else price - off
        discount = _half_up(off / (1 + sum(rates))) if included and off else off
        return _Position(line_type, quantity, net, discount, tax, rates)

    def _rates(self) -> tuple[Decimal, ...]:
        return tuple(Decimal(rate).scaleb(-6) for _, rate in self.order.tax_rates)

    def _charge(self, kind: EventType, at: datetime, name: str, amount: Decimal) -> Entry:
        line_type: LineType = "fee" if name == "additional_fee" else name  # type: ignore[assignment]
        nothing = _Position(line_type, 0, NIL, NIL, NIL, ())
        return self._entry(kind, at, nothing, None, (amount, NIL, NIL))

    def _entry(
        self,
        kind: EventType,
        at: datetime,
        line: _Position,
        quantity: int | None,
        amounts: tuple[Decimal, Decimal, Decimal],
    ) -> Entry:
        self.written += 1
        sale_id = self.order.header.id * BLOCK + self.written
        net, discount, tax = amounts
        return Entry(sale_id, kind, line.line_type, at, quantity, net, discount, tax, line.product_id)


def _discounts(lines: Sequence[LineSpec], discounts: Sequence[DiscountSpec]) -> list[Decimal]:
    """What comes off each line, all discounts together."""
    prices = [_price(spec.item, spec.quantity) for spec in lines]
    eligible = [not (spec.item.is_gift_card or spec.item.is_tip) for spec in lines]
    left = [price if yes else NIL for price, yes in zip(prices, eligible, strict=True)]
    for discount in discounts:
        for number in discount.lines or () if discount.target == "line_item" else ():
            left[number] -= _off(discount, left[number], lines[number].quantity)
    for discount in discounts:
        if discount.target == "line_item" and discount.lines is None:
            whole = sum(left, NIL)
            amount = _off(discount, whole, 1)
            shares = [_floor(amount * price / whole) if whole else NIL for price in left]
            pennies = int((amount - sum(shares, NIL)) / PENNY)
            for number, price in enumerate(left):
                extra = PENNY if price and pennies > 0 else NIL
                pennies -= 1 if extra else 0
                left[number] = price - shares[number] - extra
    return [price - rest if yes else NIL for price, rest, yes in zip(prices, left, eligible, strict=True)]


def _off(discount: DiscountSpec, price: Decimal, quantity: int) -> Decimal:
    if discount.value_kind == "percentage":
        return min(price, _half_up(price * discount.value / 100))
    return min(price, discount.value * quantity)


def _tax(price: Decimal, rates: Sequence[Decimal], *, included: bool) -> Decimal:
    whole = 1 + sum(rates) if included else Decimal(1)
    return sum((_half_up(price * rate / whole) for rate in rates), NIL)


def _price(item: Item, quantity: int) -> Decimal:
    return _half_up(item.price * quantity)


def _negative(amounts: tuple[Decimal, Decimal, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    return -amounts[0], -amounts[1], -amounts[2]


def _part(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    if not amount or part == whole:
        return amount
    return _half_up(amount * part / whole)


def _minor(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _half_up(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def _floor(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, rounding=ROUND_FLOOR)
