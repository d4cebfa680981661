"""Carts that were left behind before anything was bought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sandbox.business.events import LineSpec
from sandbox.business.model import AbandonedCheckout, CheckoutLine, Customer
from sandbox.business.money import minor, money, taxes
from sandbox.business.profiles import Profile

FIRST_CHECKOUT = 900_001


def abandon(
    number: int, at: datetime, profile: Profile, customer: Customer, specs: Sequence[LineSpec]
) -> AbandonedCheckout:
    """The checkout of a known customer, taxed as an order would be, without shipping."""
    rates = [rate for _, rate in profile.rates(customer.address)]
    checkout_id = FIRST_CHECKOUT + number
    lines, subtotal, tax = [], 0, 0
    for position, spec in enumerate(specs, 1):
        price = minor(spec.item.price * spec.quantity)
        subtotal += price
        tax += sum(taxes(price, rates if spec.item.taxable else [], included=profile.taxes_included))
        lines.append(
            CheckoutLine(checkout_id * 100 + position, spec.item, spec.quantity, money(price), money(price))
        )
    return AbandonedCheckout(
        id=checkout_id,
        name=f"#{checkout_id}",
        created_at=at,
        updated_at=at + timedelta(minutes=10),
        completed_at=None,
        customer_id=customer.id,
        discount_codes=(),
        taxes_included=profile.taxes_included,
        currency=profile.currency,
        lines=tuple(lines),
        subtotal=money(subtotal),
        discount=money(0),
        tax=money(tax),
        total=money(subtotal if profile.taxes_included else subtotal + tax),
    )
