"""What `/control/orders/<store>` can let happen to a site's orders, now and unplanned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

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
Make = Callable[[datetime, Any, ShopLife], ShopEvent]


def intervene(site: Site, asked: dict[str, Any]) -> list[int]:
    """Let it happen; returns the ids of the orders.

    `orders` (ids, or how many of the latest) with one of `note` (text), `trash`, `restore`, `delete` (true),
    `status` (text), `refund` (amount of money, as text), `quantity` (units of the first line from now on); or
    `new` (how many orders come in, copies of the latest; with `currency` in another one, with `email` of a
    guest who has that address or, if it is empty, none).
    """
    if "new" in asked:
        return _take_in(site, asked)
    wanted = [name for name in EVENTS if asked.get(name) not in (None, False)]
    if len(wanted) != 1:
        raise WrongSetting(f"exactly one of new, {', '.join(EVENTS)}")
    make, value, lives = EVENTS[wanted[0]], asked[wanted[0]], site.shop.shop_lives
    orders = chosen(site.shop.shop_orders, asked.get("orders", 1))
    now = site.sandbox.now()
    return site.sandbox.intervene(site.name, {one: make(now, value, lives[one]) for one in orders})


def _take_in(site: Site, asked: dict[str, Any]) -> list[int]:
    lives, now = site.shop.shop_lives, site.sandbox.now()
    latest = max(
        (one for one in lives.values() if one.revealed and one.ordered.cart.lines),
        key=lambda one: (one.ordered.at, one.order_id),
    ).ordered
    first = max(UNPLANNED, *lives) + 1
    taken = list(range(first, first + int(asked["new"])))
    header = replace(latest.header, currency=str(asked.get("currency", latest.header.currency)))
    if "email" in asked:
        header = replace(header, customer_id=0, billing=replace(header.billing, email=str(asked["email"])))
    with site.sandbox.changing():
        for one in taken:
            own = replace(header, id=one, number=str(one))
            event = Ordered(now, own, latest.cart, status="processing")
            site.sandbox.world.admit_to_shop(site.name, ShopLife(one, (event,)))
    return taken


def _refund(now: datetime, value: Any, _: ShopLife) -> ShopEvent:
    return MoneyBack(now, int(Decimal(str(value)) * 100), reason="by hand", through_gateway=False)


def _quantity(now: datetime, value: Any, life: ShopLife) -> ShopEvent:
    cart = _cart_of(life)
    first, *others = cart.lines
    units = int(value)
    changed = replace(first, quantity=units, amount=first.amount * units // first.quantity)
    return Rearranged(now, replace(cart, lines=(changed, *others)))


def _cart_of(life: ShopLife) -> Cart:
    carts = [event.cart for event in life.seen if isinstance(event, Ordered | Rearranged)]
    return carts[-1]


EVENTS: dict[str, Make] = {
    "note": lambda now, value, _: Noted(now, str(value)),
    "trash": lambda now, *_: Trashed(now),
    "restore": lambda now, *_: Restored(now),
    "delete": lambda now, *_: Emptied(now),
    "status": lambda now, value, _: StatusSet(now, str(value), paid=value in ("processing", "completed")),
    "refund": _refund,
    "quantity": _quantity,
}
