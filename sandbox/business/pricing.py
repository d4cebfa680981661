"""What a line costs: discounts shared to the penny, then tax; the same for shipping.

Discounts on lines come first, then those over the order, in the order in which they were given. Tax is
taken from what is left, each rate rounded half up on the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Literal

from sandbox.business.events import DiscountSpec, LineSpec, Placed
from sandbox.business.ids import child_id
from sandbox.business.model import (
    Books,
    DiscountAllocation,
    DiscountApplication,
    Item,
    Order,
    OrderLine,
    ShippingLine,
    TaxLine,
)
from sandbox.business.money import allocate, minor, money, share, taxes

MILLION = 1_000_000
Rates = tuple[tuple[str, int], ...]
NO_RATES: Rates = ()


def new_line(
    order: Order,
    spec: LineSpec,
    rates: Rates,
    shares: dict[int, int],
    discounts: Sequence[DiscountSpec],
    *,
    origin: Literal["order", "edit", "exchange"] = "order",
) -> OrderLine:
    """A line with its shares in the discounts (by their index) and its taxes."""
    item = spec.item
    base = _base(item, spec.quantity)
    off = by_line = 0
    for index, amount in shares.items():
        off += amount
        if discounts[index].lines is not None and discounts[index].kind != "code":
            by_line += amount
    books, tax_lines = booked(
        spec.quantity, base, off, rates if item.taxable else NO_RATES, included=order.taxes_included
    )
    return OrderLine(
        child_id(order),
        item,
        spec.quantity,
        spec.quantity,
        money(base),
        money(base - by_line),
        tuple(DiscountAllocation(index, money(amount)) for index, amount in shares.items()),
        tax_lines,
        books,
        origin,
    )


def shipping_line(order: Order, event: Placed) -> ShippingLine:
    """The shipping of an order, less the discounts on shipping."""
    spec = event.shipping
    assert spec is not None
    left = spec.price
    shares: dict[int, int] = {}
    for index, discount in enumerate(event.discounts):
        if discount.target == "shipping_line" and left:
            shares[index] = worth(discount, left)
            left -= shares[index]
    rates = event.tax_rates if spec.taxed else NO_RATES
    books, tax_lines = booked(1, spec.price, spec.price - left, rates, included=order.taxes_included)
    allocations = tuple(DiscountAllocation(index, money(amount)) for index, amount in shares.items())
    return ShippingLine(
        child_id(order),
        spec.title,
        spec.code,
        spec.source,
        money(spec.price),
        money(left),
        allocations,
        tax_lines,
        books,
    )


def booked(
    quantity: int, base: int, off: int, rates: Rates, *, included: bool
) -> tuple[Books, tuple[TaxLine, ...]]:
    """What is booked for a price less a discount, and the taxes in detail."""
    price = base - off
    if not rates:
        return Books(quantity, price, 0, off, off), ()
    millionths = [rate for _, rate in rates]
    amounts = taxes(price, millionths, included=included)
    tax = sum(amounts)
    lines = tuple(
        TaxLine(title, _fraction(rate), money(amount))
        for (title, rate), amount in zip(rates, amounts, strict=True)
    )
    if included:
        off_before_tax = share(off, MILLION, MILLION + sum(millionths))
        return Books(quantity, price, tax, off_before_tax, off), lines
    return Books(quantity, price + tax, tax, off, off + sum(taxes(off, millionths, included=False))), lines


def discount_shares(lines: Sequence[LineSpec], discounts: Sequence[DiscountSpec]) -> list[dict[int, int]]:
    """Per line: the share in each discount, by the discount's index."""
    shares: list[dict[int, int]] = [{} for _ in lines]
    if not discounts:
        return shares
    left = [
        0 if spec.item.is_gift_card or spec.item.is_tip else _base(spec.item, spec.quantity) for spec in lines
    ]
    for index, discount in enumerate(discounts):
        if discount.target == "line_item" and discount.lines is not None:
            for position in discount.lines:
                amount = worth(discount, left[position], lines[position].quantity)
                shares[position][index] = amount
                left[position] -= amount
    for index, discount in enumerate(discounts):
        if discount.target == "line_item" and discount.lines is None:
            for position, amount in enumerate(allocate(worth(discount, sum(left)), left)):
                if amount:
                    shares[position][index] = amount
                    left[position] -= amount
    return shares


def application(index: int, spec: DiscountSpec) -> DiscountApplication:
    """The discount as the order lists it."""
    on_lines = spec.lines is not None
    return DiscountApplication(
        index,
        spec.kind,
        spec.title,
        spec.value_kind,
        spec.value,
        spec.target,
        "explicit" if on_lines else "all",
        "each" if on_lines or spec.target == "shipping_line" else "across",
        spec.description,
    )


def worth(discount: DiscountSpec, price: int, quantity: int = 1) -> int:
    """What the discount takes off a price; never more than the price."""
    if discount.value_kind == "percentage":
        return min(price, share(price, int(discount.value * 100), 10_000))
    return min(price, minor(discount.value) * quantity)


@cache
def _fraction(rate: int) -> Decimal:
    return Decimal(rate) / MILLION


def _base(item: Item, quantity: int) -> int:
    return minor(item.price * quantity)
