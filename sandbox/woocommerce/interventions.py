"""What `/control/orders/<store>` can let happen to a site's orders, now and unplanned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.business.model import ShopOrder
from sandbox.business.money import minor
from sandbox.business.webshop.events import (
    Cart,
    Emptied,
    MoneyBack,
    Noted,
    Ordered,
    Rearranged,
    Restored,
    ShopEvent,
    ShopLife,
    StatusSet,
    Trashed,
)
from sandbox.state import WrongSetting, chosen
from sandbox.woocommerce.site import Site

UNPLANNED = 1_000_000  # orders that nobody planned have ids from here on
Make = Callable[[datetime, Any, ShopLife, ShopOrder], ShopEvent]


def intervene(site: Site, asked: dict[str, Any]) -> list[int]:
    """Let it happen; returns the ids of the orders.

    `orders` (ids, or how many of the latest) with one of `note` (text), `trash`, `restore`, `delete` (true),
    `status` (text), `refund` (amount of money, as text), `quantity` (units of the first line from now on); or
    `new` (how many orders come in, copies of the latest; with `currency` in another one, with `email` of a
    guest who has that address or, if it is empty, none).
    """
    if "new" in asked:
        with site.sandbox.changing():
            return _take_in(site, asked)
    wanted = [name for name in EVENTS if asked.get(name) not in (None, False)]
    if len(wanted) != 1:
        raise WrongSetting(f"exactly one of new, {', '.join(EVENTS)}")
    make, value, now = EVENTS[wanted[0]], asked[wanted[0]], site.sandbox.now()
    lives, orders = site.shop.shop_lives, site.shop.shop_orders
    numbers = chosen(orders, asked.get("orders", 1))
    if unknown := [one for one in numbers if one not in orders]:
        raise WrongSetting(f"{site.name} has no order {', '.join(map(str, unknown))}")
    events = {one: make(now, value, lives[one], orders[one]) for one in numbers}
    return site.sandbox.intervene(site.name, events)


def _take_in(site: Site, asked: dict[str, Any]) -> list[int]:
    lives, now = site.shop.shop_lives, site.sandbox.now()
    latest = max(
        (one for one in lives.values() if one.revealed and one.ordered.cart.lines),
        key=lambda one: (one.ordered.at, one.order_id),
    ).ordered
    first = max(UNPLANNED, *lives) + 1
    number = int(asked["new"])
    if number < 1:
        raise WrongSetting(f"new is how many orders come in, not {asked['new']!r}")
    taken = list(range(first, first + number))
    header = replace(latest.header, currency=str(asked.get("currency", latest.header.currency)))
    if "email" in asked:
        header = replace(header, customer_id=0, billing=replace(header.billing, email=str(asked["email"])))
    for one in taken:
        own = replace(header, id=one, number=str(one))
        event = Ordered(now, own, latest.cart, status="processing")
        site.sandbox.world.admit_to_shop(site.name, ShopLife(one, (event,)))
    return taken


def _refund(now: datetime, value: Any, _: ShopLife, order: ShopOrder) -> ShopEvent:
    """The last of the money makes an order `refunded`."""
    amount, left = Decimal(str(value)), order.total - order.refunded
    if not amount.is_finite() or amount <= 0:
        raise WrongSetting(f"refund is an amount above zero, not {value!r}")
    status = "refunded" if amount >= left else None
    return MoneyBack(now, minor(amount), reason="by hand", through_gateway=False, status=status)


def _quantity(now: datetime, value: Any, life: ShopLife, _: ShopOrder) -> ShopEvent:
    cart = _cart_of(life)
    first, *others = cart.lines
    units = int(value)
    changed = replace(first, quantity=units, amount=first.amount * units // first.quantity)
    return Rearranged(now, replace(cart, lines=(changed, *others)))


def _cart_of(life: ShopLife) -> Cart:
    carts = [event.cart for event in life.seen if isinstance(event, Ordered | Rearranged)]
    return carts[-1]


EVENTS: dict[str, Make] = {
    "note": lambda now, value, *_: Noted(now, str(value)),
    "trash": lambda now, *_: Trashed(now),
    "restore": lambda now, *_: Restored(now),
    "delete": lambda now, *_: Emptied(now),
    "status": lambda now, value, *_: StatusSet(now, str(value), paid=value in ("processing", "completed")),
    "refund": _refund,
    "quantity": _quantity,
}
