"""How much money goes back with a refund, and by which way it came."""

from __future__ import annotations

import random
from dataclasses import replace

from sandbox.business.events import PaidBack, Refunded
from sandbox.business.model import Order
from sandbox.business.money import minor, share
from sandbox.business.totals import totals


def money_back(order: Order, event: Refunded, rng: random.Random | None = None) -> Refunded:
    """The refund with its money: all that the shop then owes, but never more than it still holds.

    Where it holds less than the goods were worth (part of it was given back before, without goods), the
    difference is booked as a balancing adjustment, so that nothing is refunded twice.
    """
    state = totals(order)
    owed = -minor(state.outstanding) + worth_of(order, event) - sum(amount for _, amount in event.adjustments)
    held = minor(state.net_payment)
    adjustments = event.adjustments
    if owed > held:
        adjustments += (("full_return_balancing_adjustment", owed - held),)
        owed = held
    return replace(event, adjustments=adjustments, money=tuple(ways_back(order, max(0, owed), rng)))


def worth_of(order: Order, event: Refunded) -> int:
    """What the refund takes back itself, in minor units."""
    worth = event.shipping
    if event.cancel_reason and order.shipping_lines:
        worth = order.shipping_lines[0].books.total
    for reversal in event.lines:
        books = order.lines[reversal.line].books
        worth += (
            share(books.total, reversal.quantity, books.quantity)
            if reversal.amount is None
            else reversal.amount
        )
    return worth + (sum(order.charges.values()) if event.charges else 0)


def ways_back(order: Order, amount: int, rng: random.Random | None = None) -> list[PaidBack]:
    """Back through the payments it came by, the first ones first; now and then the first attempt fails."""
    returned: dict[int | None, int] = {}
    for one in order.transactions:
        if one.kind == "refund" and one.status == "success":
            returned[one.parent_id] = returned.get(one.parent_id, 0) + minor(one.amount)
    ways = []
    for position, one in enumerate(order.transactions):
        if amount and one.status == "success" and one.kind in ("sale", "capture"):
            part = min(amount, minor(one.amount) - returned.get(one.id, 0))
            if part > 0:
                amount -= part
                if rng is not None and rng.random() < 0.015:
                    ways.append(PaidBack(one.gateway, part, position, "failure", one.gift_card_id))
                ways.append(PaidBack(one.gateway, part, position, "success", one.gift_card_id))
    return ways
