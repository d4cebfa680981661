"""Carts that were left behind before anything was bought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sandbox.business.events import LineSpec
from sandbox.business.model import AbandonedCheckout, CheckoutLine, Customer
from sandbox.business.money import allocate, minor, money, share, taxes
from sandbox.business.profiles import Profile

FIRST_CHECKOUT = 900_001
CODE, PERCENT_OFF = "WELCOME10", 10


def abandon(
    number: int, at: datetime, profile: Profile, customer: Customer, specs: Sequence[LineSpec]
) -> AbandonedCheckout:
    """The checkout of a known customer, taxed as an order would be, without shipping."""
    rates = [rate for _, rate in profile.rates(customer.address)]
    checkout_id = FIRST_CHECKOUT + number
    prices = [minor(spec.item.price * spec.quantity) for spec in specs]
    percent = PERCENT_OFF if number % 7 == 0 else 0
    offs = allocate(share(sum(prices), percent, 100), prices)
    lines, tax = [], 0
    for position, (spec, price, off) in enumerate(zip(specs, prices, offs, strict=True), 1):
        line_rates = rates if spec.item.taxable else []
        tax += sum(taxes(price - off, line_rates, included=profile.taxes_included))
        line_id = checkout_id * 1000 + position
        lines.append(CheckoutLine(line_id, spec.item, spec.quantity, money(price), money(price - off)))
    subtotal = sum(prices) - sum(offs)
    return AbandonedCheckout(
        id=checkout_id,
        name=f"#{checkout_id}",
        created_at=at,
        updated_at=at + timedelta(minutes=10),
        completed_at=None,
        customer_id=customer.id,
        discount_codes=(CODE,) if percent else (),
        taxes_included=profile.taxes_included,
        currency=profile.currency,
        lines=tuple(lines),
        subtotal=money(subtotal),
        discount=money(sum(offs)),
        tax=money(tax),
        total=money(subtotal if profile.taxes_included else subtotal + tax),
    )
