"""How an order of the web shop comes about: basket, buyer, coupons, delivery, surcharges."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sandbox.business.model import Contact, Item, ShopItem
from sandbox.business.money import minor, share
from sandbox.business.orders import NOTES
from sandbox.business.profiles import Profile
from sandbox.business.seasons import black_friday
from sandbox.business.webshop.clientele import Clientele
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    CouponUse,
    Delivery,
    Notes,
    Ordered,
    ShopHeader,
    Surcharge,
)
from sandbox.business.webshop.happenings import AccountOpened
from sandbox.business.webshop.opening import COUPONS, tax_rates
from sandbox.business.webshop.remarks import remarks
from sandbox.business.webshop.shelf import WebShelf

FIRST_ORDER = 20_001
DELIVERIES, SURCHARGES, COUPON_SLOTS = 1001, 2001, 3001
FREE_FROM = 7500
PAYMENTS = (
    ("stripe", "Kreditkarte (Stripe)", 0.42),
    ("ppcp-gateway", "PayPal", 0.34),
    ("bacs", "Direkte Banküberweisung", 0.16),
    ("cod", "Nachnahme", 0.08),
)
CHANNELS = (
    ("checkout", 0.84),
    ("store-api", 0.08),
    ("admin", 0.03),
    ("rest-api", 0.02),
    ("subscription", 0.03),
)
AGENTS = ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)", "Mozilla/5.0 (X11; Linux x86_64)", "")


@dataclass(slots=True, frozen=True)
class ShopDraft:
    """An order that came in, and the accounts opened with it."""

    ordered: Ordered
    joined: list[AccountOpened]


class ShopTill:
    """Draws orders. Everything but the ids comes from the order's own random numbers."""

    def __init__(self, profile: Profile, shelf: WebShelf, clientele: Clientele) -> None:
        self._profile, self._shelf, self._clientele = profile, shelf, clientele
        self._rates = tax_rates(profile)

    def draft(self, number: int, at: datetime, day: date, rng: random.Random) -> ShopDraft:
        """The order that comes in at that moment."""
        channel = _weighted(CHANNELS, rng)
        customer_id, contact, joined = self._who(channel, at, rng)
        abroad = contact.country != self._profile.country_code
        method, title = self._payment(channel, rng)
        cart = self._cart(day, method, rng, abroad=abroad)
        header = ShopHeader(
            FIRST_ORDER + number,
            f"{self._profile.order_prefix}{day.year}-{number + 1:05d}",
            self._profile.currency,
            prices_include_tax=True,
            round_at_subtotal=True,
            rates=() if abroad else self._rates,
            customer_id=customer_id,
            billing=contact,
            shipping=_shipped_to(contact) if rng.random() < 0.9 else Contact(),
            payment_method=method,
            payment_title=title,
            created_via=channel,
            note=rng.choice(NOTES) if rng.random() < 0.05 else "",
            ip=f"198.51.100.{rng.randrange(1, 255)}",
            user_agent=rng.choice(AGENTS),
            meta=remarks(number, channel, rng),
        )
        return ShopDraft(Ordered(at, header, cart), joined)

    def line(self, slot: int, rng: random.Random, *, abroad: bool) -> CartLine:
        """A line of some units of something; abroad its price is without the tax of home."""
        item, units = self._shelf.pick(rng), _units(rng)
        sold = self._shelf.sold(item)
        meta: Notes = tuple((f"pa_{key.lower()}", value.lower()) for key, value in sold.attributes)
        if rng.random() < 0.03:
            meta = (*meta, ("_gift_wrap", {"paper": "blau", "card": rng.random() < 0.5, "lines": [1, 2]}))
        return CartLine(slot, sold, units, self._amount(item, sold, units, abroad=abroad), meta)

    def _amount(self, item: Item, sold: ShopItem, units: int, *, abroad: bool) -> int:
        amount = minor(item.price) * units
        rate = sum(one.rate for one in self._rates if one.tax_class == sold.tax_class)
        return share(amount, 1_000_000, 1_000_000 + rate) if abroad else amount

    def _who(
        self, channel: str, at: datetime, rng: random.Random
    ) -> tuple[int, Contact, list[AccountOpened]]:
        person = self._clientele.regular(rng) if channel == "subscription" else None
        if person is None:
            person = self._clientele.buyer(rng)
            if rng.random() < 0.34:
                return 0, self._clientele.guest(person, rng), []
        record, joined = self._clientele.account(person, at, rng)
        return record.id, record.billing, joined

    def _cart(self, day: date, method: str, rng: random.Random, *, abroad: bool) -> Cart:
        lines = tuple(self.line(slot, rng, abroad=abroad) for slot in range(1, _line_count(rng) + 1))
        goods = sum(line.amount for line in lines)
        coupons = tuple(self._coupons(day, rng))
        delivery = self._delivery(goods, rng, free=any(one.free_shipping for one in coupons))
        fees = []
        if method == "cod":
            fees.append(Surcharge(SURCHARGES, "Nachnahmegebühr", 249))
        elif method == "ppcp-gateway" and rng.random() < 0.15:
            fees.append(Surcharge(SURCHARGES, "Zahlungsgebühr", 35 + share(goods, 19, 1000)))
        if not coupons and sum(line.quantity for line in lines) >= 4 and rng.random() < 0.6:
            fees.append(Surcharge(SURCHARGES + 1, "Mengenrabatt", -share(goods, 25, 1000)))
        whole = any(one.kind == "percent" and one.amount == 100 for one in coupons)
        return Cart(lines, (delivery,), () if whole else tuple(fees), coupons)

    def _delivery(self, goods: int, rng: random.Random, *, free: bool) -> Delivery:
        spec = rng.choices(self._profile.shipping, (0.78, 0.16, 0.06))[0]
        if spec.code == "flat_rate" and (free or goods >= FREE_FROM):
            return Delivery(DELIVERIES, "Kostenloser Versand", "free_shipping", 0)
        return Delivery(DELIVERIES, spec.title, spec.code, spec.price)

    def _coupons(self, day: date, rng: random.Random) -> list[CouponUse]:
        sale = 0 <= (day - black_friday(day.year)).days <= 3
        if rng.random() >= (0.55 if sale else 0.2):
            return []
        running = [one for one in COUPONS if one.runs(day)]
        chosen = rng.choices(running, [one.weight for one in running], k=2 if rng.random() < 0.12 else 1)
        plans = {one.code: one for one in chosen}.values()
        return [
            CouponUse(COUPON_SLOTS + slot, one.code, one.kind, Decimal(one.amount), one.free_shipping)
            for slot, one in enumerate(plans)
        ]

    def _payment(self, channel: str, rng: random.Random) -> tuple[str, str]:
        if channel == "subscription":
            return PAYMENTS[0][:2]
        if channel == "admin" and rng.random() < 0.3:
            return "", ""
        method = _weighted(tuple((one[0], one[2]) for one in PAYMENTS), rng)
        return method, next(one[1] for one in PAYMENTS if one[0] == method)


def _shipped_to(contact: Contact) -> Contact:
    return Contact(
        contact.first_name,
        contact.last_name,
        contact.company,
        contact.address_1,
        contact.address_2,
        contact.city,
        contact.state,
        contact.postcode,
        contact.country,
    )


def _weighted(choices: tuple[tuple[str, float], ...], rng: random.Random) -> str:
    return rng.choices([one for one, _ in choices], [weight for _, weight in choices])[0]


def _line_count(rng: random.Random) -> int:
    draw = rng.random()
    if draw > 0.998:
        return rng.choice((40, 120))
    return 1 if draw < 0.48 else 2 if draw < 0.76 else 3 if draw < 0.9 else rng.randrange(4, 8)


def _units(rng: random.Random) -> int:
    draw = rng.random()
    return 1 if draw < 0.76 else 2 if draw < 0.92 else rng.randrange(3, 7)
