"""A web shop of a few orders at chosen moments, for tests that have to know every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox.business.model import ShopItem, ShopTaxRate, WebShop
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    Delivery,
    Ordered,
    ShopEvent,
    ShopHeader,
    ShopLife,
)
from sandbox.business.world import World

FOUNDED = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
TWENTY = ShopTaxRate(1, "DE", "", 200_000, "VAT", "", True)


def moment(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ordered(
    number: int,
    at: str | datetime,
    cart: Cart | None = None,
    *,
    status: str = "processing",
    taxed: bool = False,
) -> Ordered:
    """An order as it comes in; by default one thing for 10.00 without tax."""
    when = moment(at) if isinstance(at, str) else at
    header = ShopHeader(
        number,
        str(number),
        "EUR",
        False,
        True,
        rates=(TWENTY,) if taxed else (),
    )
    return Ordered(when, header, cart or goods(1000), status=status)


def goods(amount: int, quantity: int = 1, *, delivery: int = 0) -> Cart:
    """So many of one thing for so much together, in minor units, and perhaps a delivery."""
    line = CartLine(1, ShopItem(7, 0, "Thing", "T-7"), quantity, amount)
    deliveries = (Delivery(2, "Post", "flat_rate", delivery),) if delivery else ()
    return Cart(lines=(line,), deliveries=deliveries)


def shop_world(lives: Iterable[Iterable[ShopEvent]], *, timezone: str = "Europe/Berlin") -> World:
    """A world of one web shop `linden` with these lives, as of `NOW`."""
    shop = WebShop(
        name="linden",
        platform="woocommerce",
        title="Linden & Loom",
        domain="linden.example",
        email="hello@linden.example",
        currency="EUR",
        timezone=timezone,
        country_code="DE",
        taxes_included=False,
        created_at=FOUNDED,
        updated_at=FOUNDED,
        tax_rates={TWENTY.id: TWENTY},
    )
    world = World({"linden": shop}, NOW)
    for events in lives:
        happened = tuple(events)
        first = happened[0]
        assert isinstance(first, Ordered)
        world.admit_to_shop("linden", ShopLife(first.header.id, happened))
    return world
