"""A web shop on its opening day: settings, tax rates, coupons, and nothing sold yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox.business.model import Coupon, CouponKind, ShopTaxRate, WebShop
from sandbox.business.profiles import Profile
from sandbox.business.webshop.shelf import REDUCED

FIRST_COUPON = 501
Window = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True, frozen=True)
class CouponPlan:
    """A coupon the shop hands out; `window` are its days of the year, `weight` how often it is used."""

    code: str
    kind: CouponKind
    amount: str
    description: str
    weight: float
    free_shipping: bool = False
    window: Window | None = None

    def runs(self, day: date) -> bool:
        """Whether it is good on that day."""
        return self.window is None or self.window[0] <= (day.month, day.day) <= self.window[1]


COUPONS = (
    CouponPlan("willkommen10", "percent", "10", "10 % für Neue", 4),
    CouponPlan("danke5", "fixed_cart", "5", "Fünf Euro Dankeschön", 3),
    CouponPlan("beutel2", "fixed_product", "2", "Zwei Euro je Stück", 1.5),
    CouponPlan("freihaus", "percent", "0", "Ohne Versandkosten", 1.5, free_shipping=True),
    CouponPlan("entschuldigung", "percent", "100", "Wiedergutmachung", 0.6),
    CouponPlan("presse100", "fixed_cart", "400", "Für die Presse", 0.3),
    CouponPlan("black25", "percent", "25", "Schwarze Woche", 9, window=((11, 20), (11, 30))),
)


def tax_rates(profile: Profile) -> tuple[ShopTaxRate, ...]:
    """The rates of its own country: the standard one, and the reduced one."""
    return tuple(
        ShopTaxRate(number, profile.country_code, "", rate, name, tax_class, on_shipping=not tax_class)
        for number, ((name, rate), tax_class) in enumerate(
            zip(profile.tax_rates, ("", REDUCED), strict=True), 1
        )
    )


def open_web_shop(profile: Profile, opening: datetime) -> WebShop:
    """The shop at its opening."""
    founded = opening - timedelta(days=300)
    shop = WebShop(
        name=profile.name,
        platform="woocommerce",
        title=profile.title,
        domain=f"{profile.name}.example",
        email=f"hallo@{profile.name}.example",
        currency=profile.currency,
        timezone=profile.timezone,
        country_code=profile.country_code,
        taxes_included=profile.taxes_included,
        created_at=founded,
        updated_at=founded,
    )
    shop.tax_rates = {rate.id: rate for rate in tax_rates(profile)}
    for number, plan in enumerate(COUPONS):
        amount = Decimal(plan.amount).quantize(Decimal("0.01"))
        ends = None if plan.window is None else founded + timedelta(days=30)
        shop.coupons[FIRST_COUPON + number] = Coupon(
            FIRST_COUPON + number,
            plan.code,
            plan.kind,
            amount,
            plan.description,
            founded,
            founded,
            ends,
            plan.free_shipping,
        )
    return shop
