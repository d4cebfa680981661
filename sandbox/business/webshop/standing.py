"""Where an order stands by its events: what counts of it, whatever the order's own record shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sandbox.business.webshop.events import (
    Cart,
    MoneyBack,
    Ordered,
    Rearranged,
    Restored,
    ShopEvent,
    StatusSet,
    Trashed,
)

NOT_SALES = frozenset(("pending", "failed", "cancelled", "checkout-draft", "trash"))


@dataclass(slots=True, frozen=True)
class Standing:
    """What counts of an order as it stands: its status, its cart, its refunds."""

    ordered: Ordered
    cart: Cart
    status: str
    refunds: tuple[MoneyBack, ...]

    @property
    def counts_as_sale(self) -> bool:
        """Whether the shop's own reports have it in."""
        return self.status not in NOT_SALES

    @property
    def orders_something(self) -> bool:
        """Whether anything was ordered: an order without units, delivery and fees only carries a refund."""
        cart = self.cart
        return bool(any(line.quantity for line in cart.lines) or cart.deliveries or cart.surcharges)


def standing(events: Sequence[ShopEvent]) -> Standing:
    """Where the order stands after these events."""
    first = events[0]
    assert isinstance(first, Ordered)
    state, before_trash = Standing(first, first.cart, first.status, ()), first.status
    for event in events:
        match event:
            case Rearranged(cart=cart):
                state = replace(state, cart=cart)
            case StatusSet(status=status):
                state = replace(state, status=status)
            case MoneyBack(status=status):
                state = replace(state, refunds=(*state.refunds, event), status=status or state.status)
            case Trashed():
                state, before_trash = replace(state, status="trash"), state.status
            case Restored():
                state = replace(state, status=before_trash)
            case _:
                pass
    return state
