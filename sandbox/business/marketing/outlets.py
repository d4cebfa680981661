"""The stores as marketing sees them, and the advertising accounts that are run for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.business.marketing.types import AdAccount

MANAGER = "9990001111"
SESSIONS_PER_ORDER = 32.0


@dataclass(slots=True, frozen=True)
class Outlet:
    """Who comes to a store's site. `refused` is the share that refuses to be measured.

    `names_orders_by` is what its tag sends as the id of a purchase: the order's id, name or number.
    """

    countries: tuple[tuple[str, float], ...]
    refused: float
    names_orders_by: Literal["id", "name"]
    site: str


OUTLETS = {
    "harbour": Outlet(
        (
            ("United Kingdom", 0.90),
            ("Ireland", 0.04),
            ("France", 0.02),
            ("Germany", 0.02),
            ("(not set)", 0.02),
        ),
        0.22,
        "id",
        "https://www.harbourandhearth.example",
    ),
    "alpine": Outlet(
        (("United States", 0.92), ("Canada", 0.05), ("Mexico", 0.02), ("(not set)", 0.01)),
        0.04,
        "name",
        "https://alpineprovisions.example",
    ),
    "kiwi": Outlet(
        (("New Zealand", 0.82), ("Australia", 0.14), ("United Kingdom", 0.02), ("(not set)", 0.02)),
        0.07,
        "id",
        "https://kiwiandfern.example",
    ),
    "linden": Outlet(
        (("Germany", 0.90), ("Austria", 0.05), ("Switzerland", 0.03), ("(not set)", 0.02)),
        0.31,
        "name",
        "https://linden.example",
    ),
}
SOMEWHERE = Outlet((("United Kingdom", 0.95), ("(not set)", 0.05)), 0.15, "id", "https://shop.example")

LONDON, BERLIN = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin")
DENVER, LOS_ANGELES = ZoneInfo("America/Denver"), ZoneInfo("America/Los_Angeles")
AUCKLAND = ZoneInfo("Pacific/Auckland")

ACCOUNTS = (
    AdAccount("google_ads", "harbour", "1000000001", "Harbour & Hearth", "GBP", LONDON, "harbour", MANAGER),
    AdAccount("google_ads", "linden", "1000000004", "Linden & Loom", "EUR", BERLIN, "linden", MANAGER),
    AdAccount("meta_ads", "harbour", "act_550000000000001", "Harbour & Hearth UK", "GBP", LONDON, "harbour"),
    AdAccount("meta_ads", "alpine", "act_550000000000002", "Alpine (LA)", "USD", LOS_ANGELES, "alpine"),
    AdAccount("tiktok_ads", "alpine", "7100000000000000002", "Alpine Provisions", "USD", DENVER, "alpine"),
    AdAccount("tiktok_ads", "kiwi", "7100000000000000003", "Kiwi & Fern", "NZD", AUCKLAND, "kiwi"),
)

# Which part of a store's sessions an account brings.
REACH = {
    ("google_ads", "harbour"): 0.24,
    ("google_ads", "linden"): 0.30,
    ("meta_ads", "harbour"): 0.14,
    ("meta_ads", "alpine"): 0.24,
    ("tiktok_ads", "alpine"): 0.12,
    ("tiktok_ads", "kiwi"): 0.22,
}

# What clicks cost there, by the plans' prices: dearer where baskets are.
PRICE_LEVEL = {
    ("google_ads", "harbour"): Decimal("1.6"),
    ("google_ads", "linden"): Decimal("1.2"),
    ("meta_ads", "harbour"): Decimal("1.7"),
    ("meta_ads", "alpine"): Decimal("3.2"),
    ("tiktok_ads", "alpine"): Decimal("3.4"),
    ("tiktok_ads", "kiwi"): Decimal("4.2"),
}


def paid_share(store: str) -> float:
    """Which part of a store's sessions comes from the accounts run for it."""
    return sum(part for (_, name), part in REACH.items() if name == store)
