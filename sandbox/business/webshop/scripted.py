"""Orders of a web shop written by hand, for cases with known answers and for tests of whoever reads them.

    shop = scripted_shop("stall", currency="EUR", timezone="Europe/Paris", rates=[("", "0.20")])
    order = ScriptedShopOrder(shop, 1, at(2026, 3, 2, 9), [sold("Mug", "12.50", 2)], delivery="4.90").pay()
    order.refund(at(2026, 3, 4, 9), {1: 1})
    world = scripted_world([shop], at(2026, 4, 1), {"stall": [order]})

Amounts are strings; of lines in the shop's price terms, of delivery and fees without tax. Lines are named by
their slot, from 1 on. Money that is not given is the worth of what is taken back.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from sandbox.business.model import CouponKind, ShopItem, ShopTaxRate, WebShop
from sandbox.business.money import minor
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    CouponUse,
    Delivery,
    Emptied,
    Noted,
    Ordered,
    Rearranged,
    Restored,
    ShopHeader,
    ShopLife,
    StatusSet,
    Surcharge,
    Trashed,
)
from sandbox.business.webshop.story import ShopStory
from sandbox.business.webshop.till import COUPON_SLOTS, DELIVERIES, SURCHARGES

FIRST_SCRIPTED = 30_000
FOUNDED = datetime(2009, 1, 1, tzinfo=UTC)


def scripted_shop(
    name: str,
    *,
    currency: str = "EUR",
    timezone: str = "Europe/Berlin",
    prices_include_tax: bool = False,
    rates: Iterable[tuple[str, str]] = (),
    **settings: Any,
) -> WebShop:
    """A web shop with nothing in it; `rates` are tax classes with their fractions, none on delivery."""
    domain, title = f"{name.replace('_', '-')}.example", name.replace("_", " ").title()
    country = {"GBP": "GB", "USD": "US", "NZD": "NZ"}.get(currency, "DE")
    shop = WebShop(
        name,
        "woocommerce",
        title,
        domain,
        f"hello@{domain}",
        currency,
        timezone,
        country,
        prices_include_tax,
        FOUNDED,
        FOUNDED,
        **settings,
    )
    for number, (tax_class, rate) in enumerate(rates, 1):
        millionths = int(Decimal(rate) * 1_000_000)
        shop.tax_rates[number] = ShopTaxRate(
            number, country, "", millionths, "VAT", tax_class, on_shipping=False
        )
    return shop


def sold(title: str, price: str, quantity: int = 1, **item: Any) -> tuple[ShopItem, int, int]:
    """So many units of something: what a line of a scripted order is made of."""
    return replace(ShopItem(0, 0, title), **item), quantity, minor(Decimal(price) * quantity)


def coupon(code: str, amount: str, kind: CouponKind = "fixed_cart") -> CouponUse:
    """A coupon; its slot is given by the order."""
    return CouponUse(0, code, kind, Decimal(amount))


class ScriptedShopOrder(ShopStory):
    """One order and what happens to it, written down in the order of time."""

    def __init__(
        self,
        shop: WebShop,
        number: int,
        placed_at: datetime,
        lines: Sequence[tuple[ShopItem, int, int]],
        *,
        delivery: str | None = None,
        fees: Sequence[tuple[str, str]] = (),
        coupons: Sequence[CouponUse] = (),
        status: str = "pending",
        **header: Any,
    ) -> None:
        self.shop = shop
        cart = Cart(
            tuple(CartLine(slot, *line) for slot, line in enumerate(lines, 1)),
            () if delivery is None else (Delivery(DELIVERIES, "Post", "flat_rate", _minor(delivery)),),
            tuple(Surcharge(SURCHARGES + n, name, _minor(amount)) for n, (name, amount) in enumerate(fees)),
            tuple(replace(one, slot=COUPON_SLOTS + n) for n, one in enumerate(coupons)),
        )
        head = ShopHeader(
            FIRST_SCRIPTED + number,
            str(FIRST_SCRIPTED + number),
            shop.currency,
            shop.taxes_included,
            shop.round_at_subtotal,
            tuple(shop.tax_rates.values()),
        )
        ordered = Ordered(placed_at, replace(head, **header), cart, status)
        super().__init__(ordered, random.Random(number), lambda cart, _: cart)
        self.settle()

    @property
    def life(self) -> ShopLife:
        """All of it, as the world takes it."""
        return ShopLife(self.ordered.header.id, tuple(self.events))

    def pay(self, moment: datetime | None = None, status: str = "processing") -> Self:
        """The money comes, a minute after the order unless it says otherwise."""
        return self._then(StatusSet(moment or self.now + timedelta(minutes=1), status, paid=True))

    def turn(self, moment: datetime, status: str) -> Self:
        """Another status."""
        return self._then(StatusSet(moment, status))

    def rearrange(self, moment: datetime, lines: Sequence[tuple[ShopItem, int, int]]) -> Self:
        """Other lines from now on."""
        changed = tuple(CartLine(slot, *line) for slot, line in enumerate(lines, 1))
        self.cart = replace(self.cart, lines=changed)
        self._then(Rearranged(moment, self.cart))
        self.settle()
        return self

    def refund(
        self,
        moment: datetime,
        units: Mapping[int, int] | None = None,
        *,
        money: str | None = None,
        reason: str = "",
    ) -> Self:
        """Units by slot, or money alone, or units with another amount of money than they are worth."""
        parts = [self.lines[slot].take(slot, quantity) for slot, quantity in (units or {}).items()]
        self.now = moment
        self.give_back(lines=parts, amount=None if money is None else _minor(money), reason=reason)
        return self

    def refund_the_rest(self, moment: datetime, *, with_lines: bool = False) -> Self:
        """All that remains: as the amount alone, or with every line that is left."""
        self.now = moment
        lines, freight, fees = self.everything() if with_lines else ([], [], [])
        self.give_back(lines=lines, deliveries=freight, surcharges=fees, amount=self.remaining)
        return self

    def note(self, moment: datetime, **meta: Any) -> Self:
        """A plugin writes something down."""
        return self._then(Noted(moment, meta=tuple(meta.items())))

    def trash(self, moment: datetime) -> Self:
        """Into the trash."""
        return self._then(Trashed(moment))

    def restore(self, moment: datetime) -> Self:
        """Out of the trash."""
        return self._then(Restored(moment))

    def empty(self, moment: datetime) -> Self:
        """Gone for good; nothing can follow."""
        self.events.append(Emptied(moment))
        return self

    def _then(self, event: StatusSet | Rearranged | Noted | Trashed | Restored) -> Self:
        last = self.events[-1]
        if isinstance(last, Emptied) or event.at < last.at:
            raise ValueError(f"{self.order.number}: nothing can happen at {event.at} after {last}")
        self.now = event.at
        self.happen(event)
        return self


def _minor(amount: str) -> int:
    return minor(Decimal(amount))
