"""The catalogue of a store over time, as the planner sees it: what is on the shelf on a given day.

The planner is ahead of the clock, so it keeps its own view here and hands out happenings; the products a
stand-in shows change only when the clock reaches them.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate

from sandbox.business.happenings import (
    CostChanged,
    Happening,
    ProductDeleted,
    ProductLaunched,
    ProductRenamed,
    ProductRepriced,
    StockDelivered,
)
from sandbox.business.model import InventoryItem, InventoryLevel, Item, Product, Variant
from sandbox.business.money import round_money
from sandbox.business.profiles import Profile

FIRST_PRODUCT = 7001
PRODUCTS = 36
FEWEST = 24
SIZES = ("S", "M", "L", "XL")
GIFT_CARD_VALUES = (25, 50, 100)
WAREHOUSE, SHOP, FORMER = 301, 302, 303


@dataclass(slots=True)
class Offer:
    """A variant on the shelf: the item a line sells, and how popular it is."""

    item: Item
    weight: float


class Shelf:
    """What a store sells on the planner's current day."""

    def __init__(self, profile: Profile, seed: int, daily_orders: float) -> None:
        self.profile = profile
        self.offers: dict[int, list[Offer]] = {}  # by product id
        self.gift_cards: list[Item] = []
        self._rng = random.Random(f"{seed}:{profile.name}:catalogue")
        self._next_product = FIRST_PRODUCT
        self._daily_units = daily_orders * 2.2
        self._flat: list[Item] = []
        self._weights: list[float] = []

    def open(self, at: datetime) -> list[Happening]:
        """The opening catalogue, gift cards included."""
        launched: list[Happening] = [self._launch_gift_cards(at)]
        launched += [self._launch(at - timedelta(days=self._rng.randrange(1, 200))) for _ in range(PRODUCTS)]
        self._refresh()
        return launched

    def pick(self, rng: random.Random) -> Item:
        """A variant, the popular ones more often."""
        return self._flat[bisect_right(self._weights, rng.random() * self._weights[-1])]

    def pass_day(self, rng: random.Random, at: datetime, *, deliver: bool) -> list[Happening]:
        """What changes in the catalogue on the morning of a day."""
        changes: list[Happening] = []
        if rng.random() < 1 / 18:
            changes.append(self._rename(rng, at))
        if rng.random() < 1 / 12:
            changes.append(self._reprice(rng, at))
        if rng.random() < 1 / 15:
            changes += self._change_cost(rng, at)
        if rng.random() < 1 / 30:
            changes.append(self._launch(at))
        if rng.random() < 1 / 45 and len(self.offers) > FEWEST:
            product_id = rng.choice(list(self.offers))
            del self.offers[product_id]
            changes.append(ProductDeleted(at, product_id))
        if deliver:
            changes.append(self._deliver(at))
        if changes:
            self._refresh()
        return changes

    def _refresh(self) -> None:
        flat = [offer for offers in self.offers.values() for offer in offers]
        self._flat = [offer.item for offer in flat]
        self._weights = list(accumulate(offer.weight for offer in flat))

    def _launch(self, at: datetime) -> ProductLaunched:
        rng, profile = self._rng, self.profile
        product_id = self._next_product
        self._next_product += 1
        title = f"{rng.choice(profile.words[0])} {rng.choice(profile.words[1])}"
        low, high = profile.prices
        price = Decimal(round(low * (high / low) ** rng.random()))
        price = max(price - Decimal("0.05") * rng.choice((0, 1, 1, 21)), Decimal(low))
        vendor = rng.choice(profile.vendors)
        popularity = rng.paretovariate(1.1)
        taxable = rng.random() > 0.04
        sizes = SIZES[: rng.choice((1, 1, 2, 3, 4))]
        offers, variants = [], []
        for position, size in enumerate(sizes, 1):
            sku = f"{title[:3].upper()}-{product_id}-{size}" if rng.random() > 0.02 else None
            cost = round_money(price * Decimal(rng.randrange(30, 56)) / 100) if rng.random() > 0.07 else None
            named = size if len(sizes) > 1 else None
            item = Item(
                product_id,
                product_id * 10 + position,
                title,
                named,
                sku,
                vendor,
                price,
                cost,
                taxable=taxable,
            )
            offers.append(Offer(item, popularity * (1.2, 1.0, 0.8, 0.4)[position - 1]))
            variants.append(self._variant(item, position, at, named or "Default Title"))
        self.offers[product_id] = offers
        return ProductLaunched(at, self._product(offers[0].item, at, variants, rng.choice(profile.types)))

    def _launch_gift_cards(self, at: datetime) -> ProductLaunched:
        product_id = self._next_product
        self._next_product += 1
        variants = []
        for position, value in enumerate(GIFT_CARD_VALUES, 1):
            item = Item(
                product_id,
                product_id * 10 + position,
                "Gift card",
                f"{value}",
                None,
                self.profile.title,
                Decimal(value),
                is_gift_card=True,
                taxable=False,
                requires_shipping=False,
            )
            self.gift_cards.append(item)
            variants.append(self._variant(item, position, at, f"{value}"))
        product = self._product(self.gift_cards[0], at, variants, "Gift Cards")
        return ProductLaunched(at, replace(product, is_gift_card=True))

    def _product(self, item: Item, at: datetime, variants: list[Variant], kind: str) -> Product:
        assert item.product_id is not None and item.vendor is not None
        handle = f"{item.title.lower().replace(' ', '-')}-{item.product_id}"
        tags = ("bestseller",) if self._rng.random() < 0.2 else ()
        return Product(
            item.product_id,
            item.title,
            handle,
            item.vendor,
            kind,
            "active",
            False,
            tags,
            at,
            at,
            at,
            variants,
        )

    def _variant(self, item: Item, position: int, at: datetime, title: str) -> Variant:
        assert item.variant_id is not None and item.product_id is not None
        units = int(self._daily_units * 2) + 40
        stock = InventoryItem(
            item.variant_id + 1_000_000,
            item.variant_id,
            item.sku,
            not item.is_gift_card,
            item.requires_shipping,
            item.cost,
            at,
            at,
        )
        for place, share in ((WAREHOUSE, 1), (SHOP, 4)) if not item.is_gift_card else ():
            level_id = stock.id * 10 + place % 10
            stock.levels[place] = InventoryLevel(level_id, place, units // share, 0, 0, 0, at)
        barcode = f"50{item.variant_id:011d}"
        return Variant(
            item.variant_id,
            item.product_id,
            title,
            ("Denominations" if item.is_gift_card else "Size", title),
            item.sku,
            barcode,
            item.price,
            None,
            position,
            item.taxable,
            at,
            at,
            stock,
        )

    def _rename(self, rng: random.Random, at: datetime) -> ProductRenamed:
        product_id = rng.choice(list(self.offers))
        title = f"{rng.choice(self.profile.words[0])} {self.offers[product_id][0].item.title.split()[-1]}"
        if rng.random() < 0.3:
            title += rng.choice((" II", ' "new"', " Édition", " 🎁"))
        for offer in self.offers[product_id]:
            offer.item = replace(offer.item, title=title)
        return ProductRenamed(at, product_id, title)

    def _reprice(self, rng: random.Random, at: datetime) -> ProductRepriced:
        product_id = rng.choice(list(self.offers))
        offer = rng.choice(self.offers[product_id])
        price = round_money(offer.item.price * Decimal(rng.choice((90, 95, 105, 110, 112))) / 100)
        offer.item = replace(offer.item, price=price)
        assert offer.item.variant_id is not None
        return ProductRepriced(at, product_id, offer.item.variant_id, price)

    def _change_cost(self, rng: random.Random, at: datetime) -> list[Happening]:
        offer = rng.choice(self.offers[rng.choice(list(self.offers))])
        if offer.item.cost is None:
            return []
        cost = round_money(offer.item.cost * Decimal(rng.choice((96, 103, 106, 109))) / 100)
        offer.item = replace(offer.item, cost=cost)
        assert offer.item.variant_id is not None
        return [CostChanged(at, offer.item.variant_id, cost)]

    def _deliver(self, at: datetime) -> StockDelivered:
        whole = self._weights[-1] if self._weights else 1.0
        month = self._daily_units * 33
        units = tuple(
            (offer.item.variant_id, int(month * offer.weight / whole) + 2)
            for offers in self.offers.values()
            for offer in offers
            if offer.item.variant_id is not None
        )
        return StockDelivered(at, WAREHOUSE, units)
