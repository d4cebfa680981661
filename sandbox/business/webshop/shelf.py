"""What a web shop sells: simple and variable products in three tax classes, on the planner's current day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sandbox.business.catalog import PRODUCTS, Shelf
from sandbox.business.happenings import Happening, ProductLaunched
from sandbox.business.model import Item, ShopItem

REDUCED, UNTAXED = "reduced-rate", "zero-rate"
REDUCED_GOODS = frozenset(("Tee", "Buch", "Sirup"))
EXEMPT = 13  # every so many products bears no tax
SIZE = "Größe"


class WebShelf(Shelf):
    """A shelf without gift cards, whose products know their tax class."""

    _tax_classes: dict[int, str]

    def open(self, at: datetime) -> list[Happening]:
        """The opening catalogue."""
        self._tax_classes = {}
        launched = [self._launch(at - timedelta(days=self._rng.randrange(1, 200))) for _ in range(PRODUCTS)]
        self._refresh()
        return list(launched)

    def _launch(self, at: datetime) -> ProductLaunched:
        launched = super()._launch(at)
        product = launched.product
        tax_class = REDUCED if product.title.split()[-1] in REDUCED_GOODS else ""
        if not product.variants[0].taxable or product.id % EXEMPT == 0:
            tax_class = UNTAXED
        self._tax_classes[product.id] = tax_class
        return replace(launched, product=replace(product, tax_class=tax_class))

    def sold(self, item: Item) -> ShopItem:
        """The item as a line of an order names it."""
        assert item.product_id is not None and item.variant_id is not None
        tax_class, sku = self._tax_classes[item.product_id], item.sku or ""
        if item.variant_title is None:
            return ShopItem(item.product_id, 0, item.title, sku, tax_class)
        return ShopItem(
            item.product_id,
            item.variant_id,
            f"{item.title} - {item.variant_title}",
            sku,
            tax_class,
            item.title,
            ((SIZE, item.variant_title),),
        )
