"""The shops of the practice world: what sets them apart, taxes included."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from sandbox.business.events import ShippingSpec
from sandbox.business.model import Address

Rates = tuple[tuple[str, int], ...]


@dataclass(slots=True, frozen=True)
class Profile:
    """One shop: where it is, what it charges, how it behaves. Shares are chances between 0 and 1."""

    name: str
    title: str
    currency: str
    timezone: str
    country_code: str
    taxes_included: bool
    order_prefix: str
    share: float  # of the world's orders
    cities: tuple[tuple[str, str | None, str], ...]  # city, province, zip
    abroad: tuple[Address, ...]
    shipping: tuple[ShippingSpec, ...]
    gateways: tuple[str, str]  # the usual one and the other
    words: tuple[tuple[str, ...], tuple[str, ...]]  # what products are called
    types: tuple[str, ...]
    vendors: tuple[str, ...]
    prices: tuple[int, int]  # cheapest and dearest in whole units
    export_share: float = 0.06
    pos_share: float = 0.08
    other_currency: str | None = None
    tax_rates: Rates = ()
    state_rates: tuple[tuple[str, Rates], ...] = ()
    free_shipping_from: int = 7500

    def rates(self, address: Address | None) -> Rates:
        """The taxes that apply to goods sent there; exports bear none."""
        if address is not None and address.country_code != self.country_code:
            return ()
        if self.state_rates and address is not None:
            return dict(self.state_rates).get(address.province_code or "", ())
        return self.tax_rates

    def home_address(self, rng: random.Random) -> Address:
        """Somewhere in the shop's own country."""
        city, province, postcode = rng.choice(self.cities)
        return Address(self.country_code, province, city, postcode)


HARBOUR = Profile(
    name="harbour",
    title="Harbour & Hearth",
    currency="GBP",
    timezone="Europe/London",
    country_code="GB",
    taxes_included=True,
    order_prefix="H",
    share=0.45,
    cities=(
        ("London", "ENG", "SE15 4QA"),
        ("Bristol", "ENG", "BS1 5TY"),
        ("Leeds", "ENG", "LS2 7EW"),
        ("Glasgow", "SCT", "G2 4JR"),
        ("Cardiff", "WLS", "CF10 1EP"),
        ("Belfast", "NIR", "BT1 5GS"),
    ),
    abroad=(
        Address("IE", None, "Dublin", "D02 X285"),
        Address("FR", None, "Saint-Étienne", "42000"),
        Address("DE", None, "Köln", "50667"),
        Address("US", "NY", "Brooklyn", "11201"),
    ),
    shipping=(
        ShippingSpec("Standard", "standard", 395),
        ShippingSpec("Express", "express", 795),
        ShippingSpec("Collect in store", "pickup", 0),
    ),
    gateways=("shopify_payments", "paypal"),
    words=(
        ("Harbour", "Tidal", "Saltmarsh", "Oak", "Linen", "Copper", "Quay", "Lantern", "Heather", "Slate"),
        ("Mug", "Throw", "Candle", "Kettle", "Bowl", "Apron", "Lamp", "Tray", "Cushion", "Teapot"),
    ),
    types=("Kitchen", "Living", "Bedroom", "Lighting"),
    vendors=("Harbour & Hearth", "Pennine Pottery", "Weaver & Daughters"),
    prices=(6, 120),
    tax_rates=(("VAT", 200_000),),
)

ALPINE = Profile(
    name="alpine",
    title="Alpine Provisions",
    currency="USD",
    timezone="America/Denver",
    country_code="US",
    taxes_included=False,
    order_prefix="#",
    share=0.35,
    cities=(
        ("Denver", "CO", "80202"),
        ("Boulder", "CO", "80301"),
        ("Salt Lake City", "UT", "84101"),
        ("Portland", "OR", "97205"),
        ("Los Angeles", "CA", "90012"),
        ("New York", "NY", "10011"),
        ("Austin", "TX", "78701"),
    ),
    abroad=(Address("CA", "BC", "Vancouver", "V6B 1A1"), Address("MX", None, "Ciudad de México", "06600")),
    shipping=(
        ShippingSpec("Ground", "ground", 699),
        ShippingSpec("Two day", "two_day", 1499),
        ShippingSpec("Trailhead pickup", "pickup", 0),
    ),
    gateways=("shopify_payments", "affirm"),
    words=(
        ("Summit", "Ridge", "Aspen", "Granite", "Switchback", "Elk", "Powder", "Mesa", "Timberline", "Creek"),
        ("Jacket", "Socks", "Bottle", "Pack", "Beanie", "Headlamp", "Tent", "Gloves", "Stove", "Map"),
    ),
    types=("Apparel", "Camp", "Climb", "Snow"),
    vendors=("Alpine Provisions", "Front Range Co.", 'Nordhaus "Heavy" Goods'),
    prices=(9, 320),
    pos_share=0.05,
    export_share=0.03,
    state_rates=(
        ("CO", (("Colorado State Tax", 29_000), ("Denver City Tax", 51_500))),
        ("UT", (("Utah State Tax", 48_500), ("Salt Lake County Tax", 29_000))),
        ("CA", (("California State Tax", 72_500), ("Los Angeles County Tax", 22_500))),
        ("NY", (("New York State Tax", 40_000), ("New York City Tax", 48_750))),
        ("TX", (("Texas State Tax", 62_500), ("Austin City Tax", 20_000))),
    ),
    free_shipping_from=12_000,
)

KIWI = Profile(
    name="kiwi",
    title="Kiwi & Fern",
    currency="NZD",
    timezone="Pacific/Auckland",
    country_code="NZ",
    taxes_included=True,
    order_prefix="KF",
    share=0.20,
    cities=(
        ("Auckland", "AUK", "1010"),
        ("Wellington", "WGN", "6011"),
        ("Christchurch", "CAN", "8011"),
        ("Whangārei", "NTL", "0110"),
    ),
    abroad=(Address("AU", "VIC", "Melbourne", "3000"), Address("AU", "NSW", "Sydney", "2000")),
    shipping=(
        ShippingSpec("Courier", "courier", 600),
        ShippingSpec("Rural delivery", "rural", 1150),
        ShippingSpec("Pick up", "pickup", 0),
    ),
    gateways=("shopify_payments", "afterpay"),
    words=(
        ("Merino", "Mānuka", "Fern", "Pounamu", "Rimu", "Tussock", "Kea", "Southerly", "Pāua", "Flax"),
        ("Balm", "Wrap", "Soap", "Serum", "Beanie", "Jersey", "Honey", "Basket", "Cream", "Scarf"),
    ),
    types=("Skin", "Knitwear", "Pantry", "Gifts"),
    vendors=("Kiwi & Fern", "Te Ara Merino", "Bay of Plenty Bees"),
    prices=(12, 260),
    export_share=0.14,
    pos_share=0.04,
    other_currency="AUD",
    tax_rates=(("GST", 150_000),),
)

LINDEN = Profile(
    name="linden",
    title="Linden & Loom",
    currency="EUR",
    timezone="Europe/Berlin",
    country_code="DE",
    taxes_included=True,
    order_prefix="LL-",
    share=0.30,
    cities=(
        ("Berlin", "DE-BE", "10999"),
        ("Hamburg", "DE-HH", "20357"),
        ("München", "DE-BY", "80469"),
        ("Köln", "DE-NW", "50674"),
        ("Leipzig", "DE-SN", "04109"),
    ),
    abroad=(
        Address("CH", "ZH", "Zürich", "8004"),
        Address("GB", "", "London", "E8 3RL"),
        Address("NO", "", "Oslo", "0182"),
    ),
    shipping=(
        ShippingSpec("Standardversand", "flat_rate", 412),
        ShippingSpec("Expressversand", "flat_rate", 832),
        ShippingSpec("Abholung im Laden", "local_pickup", 0),
    ),
    gateways=("stripe", "ppcp-gateway"),
    words=(
        ("Linden", "Leinen", "Loden", "Wiesen", "Nebel", "Mohn", "Hanf", "Birken", "Moos", "Honig"),
        ("Schal", "Kissen", "Decke", "Vorhang", "Schürze", "Läufer", "Tee", "Buch", "Sirup", "Beutel"),
    ),
    types=("Textil", "Wohnen", "Küche", "Lesen"),
    vendors=("Linden & Loom", "Weberei Nord", "Gärtnerei Süßmilch"),
    prices=(4, 160),
    export_share=0.07,
    pos_share=0.0,
    tax_rates=(("MwSt.", 190_000), ("MwSt. ermäßigt", 70_000)),
)

PROFILES = (HARBOUR, ALPINE, KIWI)
WEB_PROFILES = (LINDEN,)
AUD_PER_NZD = Decimal("0.9130")  # the rate on the opening day; it drifts from there
