"""A store on its opening day: settings, places, codes, and nothing sold yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.business.catalog import FORMER, SHOP, WAREHOUSE
from sandbox.business.model import Address, Discount, Location, Store
from sandbox.business.orders import BLACK_FRIDAY, CODES, FREE_SHIPPING, Code
from sandbox.business.profiles import Profile

FIRST_DISCOUNT = 11_001
PLACES = (
    (WAREHOUSE, "Warehouse", True, True),
    (SHOP, "Shop", True, False),
    (FORMER, "Old shop", False, False),
)


def open_store(profile: Profile, opening: datetime) -> Store:
    """The store at its opening."""
    founded = opening - timedelta(days=210)
    store = Store(
        name=profile.name,
        platform="shopify",
        title=profile.title,
        domain=f"{profile.name}.myshopify.com",
        email=f"hello@{profile.name}.example",
        currency=profile.currency,
        timezone=profile.timezone,
        country_code=profile.country_code,
        taxes_included=profile.taxes_included,
        created_at=founded,
        updated_at=founded,
    )
    for (place, name, active, online), (city, province, postcode) in zip(
        PLACES, profile.cities, strict=False
    ):
        address = Address(profile.country_code, province, city, postcode)
        store.locations[place] = Location(place, name, active, online, address, founded, founded)
    for number, code in enumerate((*CODES, FREE_SHIPPING, BLACK_FRIDAY)):
        discount = _discount(FIRST_DISCOUNT + number, code, founded)
        store.discounts[discount.id] = discount
    return store


def _discount(discount_id: int, code: Code, at: datetime) -> Discount:
    spec = code.spec
    shipping = spec.target == "shipping_line"
    percentage = spec.value_kind == "percentage"
    return Discount(
        id=discount_id,
        title=code.title,
        code=spec.title,
        kind="free_shipping" if shipping else spec.value_kind,
        value=None if shipping else spec.value / 100 if percentage else spec.value,
        starts_at=at,
        ends_at=None if code.window is None else at + timedelta(days=30),
        usage_limit=code.usage_limit,
        created_at=at,
        updated_at=at,
    )
