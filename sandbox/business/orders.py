"""How an order comes about: what is in the basket, who buys it, what comes off, what goes on top."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox.business.catalog import Shelf
from sandbox.business.events import DiscountSpec, Header, LineSpec, Placed, ShippingSpec
from sandbox.business.happenings import CustomerJoined
from sandbox.business.model import Address, Item
from sandbox.business.money import money
from sandbox.business.people import Town
from sandbox.business.profiles import AUD_PER_NZD, Profile
from sandbox.business.seasons import black_friday

FIRST_ORDER = 1001
NOTES = (
    "Please leave with the neighbour at no. 7",
    'Gift wrap, card to say "Happy Birthday, Nan!"',
    "Für Oma 🎂 — bitte nicht klingeln",
    "line one\nline two\ttabbed \\ back-slashed",
    '{"looks": "like json", "but": ["is", "a note"]}',
    "שלום, please call before delivery",
    "O'Hara & Sons; 50% sure about the size <M?>",
    "🦊🦊🦊",
)
NOTE_WITH_NUL = "copied from the old till\u0000 terminal 3"
TAGS = ("wholesale", "gift", "vip", "review-needed", "épicé", 'the "blue" one')


@dataclass(slots=True, frozen=True)
class Code:
    """A discount code the shops hand out; `window` are its days of the year, both ends included."""

    title: str
    spec: DiscountSpec
    window: tuple[tuple[int, int], tuple[int, int]] | None = None
    usage_limit: int | None = None


def _percent(code: str, percent: int) -> DiscountSpec:
    return DiscountSpec("code", code, "percentage", Decimal(percent))


CODES = (
    Code("10 % for newcomers", _percent("WELCOME10", 10)),
    Code("Five off", DiscountSpec("code", "THANKS5", "fixed_amount", Decimal(5))),
    Code("Spring", _percent("SPRING15", 15), window=((3, 1), (4, 15))),
    Code("High summer", _percent("SUMMER12", 12), window=((7, 1), (8, 10))),
    Code("Friends & family", _percent("FRIENDS30", 30), usage_limit=500),
)
FREE_SHIPPING = Code(
    "Free delivery", DiscountSpec("code", "FREESHIP", "percentage", Decimal(100), "shipping_line")
)
BLACK_FRIDAY = Code("Black Friday", _percent("BLACK25", 25), window=((11, 20), (11, 30)))


@dataclass(slots=True, frozen=True)
class Draft:
    """A placed order and the customers that became known by it."""

    placed: Placed
    joined: list[CustomerJoined]


class Till:
    """Draws orders for one store. Everything but the ids comes from the order's own random numbers."""

    def __init__(self, profile: Profile, shelf: Shelf, town: Town, opening: datetime) -> None:
        self._profile, self._shelf, self._town, self._opening = profile, shelf, town, opening

    def draft(self, number: int, at: datetime, day: date, rng: random.Random) -> Draft:
        """The order that is placed (or becomes known) at that moment."""
        profile = self._profile
        source = self._source(rng)
        customer_id, email, locale, address, joined = self._who(source, at, rng)
        test = rng.random() < 0.006
        items = self._basket(source, rng)
        goods = sum(int(spec.item.price * 100) * spec.quantity for spec in items)
        shipping = self._shipping(source, items, goods, address, rng)
        abroad = address is not None and address.country_code != profile.country_code
        foreign = abroad and profile.other_currency is not None and rng.random() < 0.8
        header = Header(
            id=FIRST_ORDER + number,
            number=FIRST_ORDER + number,
            name=f"{profile.order_prefix}{FIRST_ORDER + number}",
            currency=profile.currency,
            taxes_included=profile.taxes_included,
            source=source,
            customer_id=customer_id,
            email=email,
            locale=locale,
            shipping_address=address if shipping is not None else None,
            presentment_currency=profile.other_currency if foreign else None,
            presentment_rate=drifting_rate(day) if foreign else Decimal(1),
            test=test,
            note=self._note(rng),
            tags=(rng.choice(TAGS),) if rng.random() < 0.06 else (),
        )
        placed = Placed(
            at=at,
            happened_at=self._happened(source, at, rng),
            header=header,
            lines=tuple(items),
            shipping=shipping,
            discounts=tuple(self._discounts(items, source, shipping, day, rng)),
            tax_rates=profile.rates(address if shipping is not None else self._at_home(rng)),
            duty=goods * rng.randrange(4, 13) // 100 if abroad and shipping and rng.random() < 0.25 else 0,
            additional_fee=self._fee(address, shipping, rng),
        )
        return Draft(placed, joined)

    def basket(self, rng: random.Random) -> list[LineSpec]:
        """Goods alone: for carts that are left behind, and for edits."""
        return [LineSpec(self._shelf.pick(rng), _units(rng)) for _ in range(_line_count(rng))]

    def _source(self, rng: random.Random) -> str:
        draw = rng.random()
        if draw < self._profile.pos_share:
            return "pos"
        if draw < self._profile.pos_share + 0.007:
            return "import"
        return "draft" if draw < self._profile.pos_share + 0.022 else "web"

    def _who(
        self, source: str, at: datetime, rng: random.Random
    ) -> tuple[int | None, str | None, str | None, Address | None, list[CustomerJoined]]:
        person = self._town.buyer(self._profile, rng)
        if rng.random() < (0.55 if source == "pos" else 0.09):
            anonymous = source == "pos" or rng.random() < 0.25
            address = None if source == "pos" else self._profile.home_address(rng)
            return None, None if anonymous else person.email, None, address, []
        customer, joined = self._town.customer(person, self._profile, at, rng)
        return customer.id, customer.email, customer.locale, customer.address, joined

    def _basket(self, source: str, rng: random.Random) -> list[LineSpec]:
        draw = rng.random()
        lines = [] if draw < 0.01 else self.basket(rng)
        if draw < 0.02:
            lines.append(LineSpec(rng.choice(self._shelf.gift_cards), 1))
        if source == "draft" and rng.random() < 0.5:
            price = money(rng.randrange(500, 9000))
            lines.append(LineSpec(Item(None, None, "Engraving, to order", None, None, None, price), 1))
        if draw >= 0.02 and rng.random() < (0.12 if source == "pos" else 0.012):
            tip = money(rng.choice((100, 150, 200, 500)))
            lines.append(
                LineSpec(
                    Item(
                        None,
                        None,
                        "Tip",
                        None,
                        None,
                        None,
                        tip,
                        is_tip=True,
                        taxable=False,
                        requires_shipping=False,
                    ),
                    1,
                )
            )
        return lines

    def _shipping(
        self,
        source: str,
        lines: list[LineSpec],
        goods: int,
        address: Address | None,
        rng: random.Random,
    ) -> ShippingSpec | None:
        if source == "pos" or address is None or not any(spec.item.requires_shipping for spec in lines):
            return None
        chosen = rng.choices(self._profile.shipping, (0.74, 0.18, 0.08))[0]
        if chosen.code == self._profile.shipping[0].code and goods >= self._profile.free_shipping_from:
            return ShippingSpec("Free delivery", "free", 0)
        return chosen

    def _discounts(
        self,
        lines: list[LineSpec],
        source: str,
        shipping: ShippingSpec | None,
        day: date,
        rng: random.Random,
    ) -> list[DiscountSpec]:
        found: list[DiscountSpec] = []
        goods = [at for at, spec in enumerate(lines) if not (spec.item.is_gift_card or spec.item.is_tip)]
        if goods and rng.random() < 0.08:
            found.append(_on_line(rng.choice(goods), rng))
        if goods and source in ("pos", "draft") and rng.random() < 0.2:
            off = Decimal(rng.choice((2, 5, 10)))
            found.append(DiscountSpec("manual", "Staff discount", "fixed_amount", off, description="regular"))
        sale = 0 <= (day - black_friday(day.year)).days <= 3
        if goods and rng.random() < (0.6 if sale else 0.15):
            found += [one.spec for one in _codes(day, sale, rng)]
        if shipping is not None and shipping.price and rng.random() < 0.05:
            found.append(FREE_SHIPPING.spec)
        return found

    def _happened(self, source: str, at: datetime, rng: random.Random) -> datetime:
        if source == "import":
            return max(self._opening, at - timedelta(seconds=rng.randrange(86_400, 45 * 86_400)))
        if source == "pos" and rng.random() < 0.15:
            return max(self._opening, at - timedelta(seconds=rng.randrange(600, 72_000)))
        return at

    def _fee(self, address: Address | None, shipping: ShippingSpec | None, rng: random.Random) -> int:
        in_state = address is not None and address.province_code == "CO" and shipping is not None
        return 29 if in_state and self._profile.currency == "USD" and rng.random() < 0.15 else 0

    def _at_home(self, rng: random.Random) -> Address:
        city, province, postcode = self._profile.cities[0]
        return Address(self._profile.country_code, province, city, postcode)

    def _note(self, rng: random.Random) -> str | None:
        draw = rng.random()
        if draw < 0.002:
            return NOTE_WITH_NUL
        return rng.choice(NOTES) if draw < 0.05 else None


def drifting_rate(day: date) -> Decimal:
    """Australian dollars for one of New Zealand's on that day."""
    drift = Decimal(round(200 * math.sin(day.toordinal() / 29) + 90 * math.sin(day.toordinal() / 7)))
    return AUD_PER_NZD + drift / 10_000


def _codes(day: date, sale: bool, rng: random.Random) -> list[Code]:
    running = [one for one in CODES if one.window is None or _in_window(one, day)]
    first = BLACK_FRIDAY if sale else rng.choice(running)
    others = [one for one in running if one is not first]
    return [first, rng.choice(others)] if rng.random() < 0.12 else [first]


def _in_window(code: Code, day: date) -> bool:
    assert code.window is not None
    return code.window[0] <= (day.month, day.day) <= code.window[1]


def _on_line(position: int, rng: random.Random) -> DiscountSpec:
    if rng.random() < 0.6:
        percent = Decimal(rng.choice((10, 15, 20, 50)))
        return DiscountSpec("automatic", "Bundle offer", "percentage", percent, lines=(position,))
    off = Decimal(rng.choice((1, 2, 3)))
    return DiscountSpec("manual", "Shelf wear", "fixed_amount", off, lines=(position,), description="scratch")


def _line_count(rng: random.Random) -> int:
    draw = rng.random()
    if draw > 0.9988:  # somebody stocks a whole shop: more lines than a page holds
        return rng.choice((60, 110, 260))
    return 1 if draw < 0.5 else 2 if draw < 0.77 else 3 if draw < 0.9 else rng.randrange(4, 9)


def _units(rng: random.Random) -> int:
    draw = rng.random()
    if draw < 0.8:
        return 1
    return 2 if draw < 0.94 else rng.randrange(3, 7) if draw < 0.997 else rng.randrange(12, 49)
