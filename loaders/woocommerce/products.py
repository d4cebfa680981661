"""Whole products: each with its variations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from loaders.common.landing import Document
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.documents import Json, landed, number
from loaders.woocommerce.lists import ById, Listing
from loaders.woocommerce.refusals import Gone

PRODUCTS = f"{settings.API}/products"
Found = tuple[Json, datetime]


@dataclass
class Products:
    """The products of one shop, each as one complete document."""

    client: Client

    def whole(self, found: Iterable[Found]) -> Iterator[Document]:
        """The documents of products, their variations read side by side."""
        for row, at in self.client.crew.in_order(self._whole, found, lead=settings.PER_PAGE):
            yield landed(row, at)

    def _whole(self, found: Found) -> Found:
        head, at = found
        variations: list[Json] = []
        if head.get("variations") or head.get("type") == "variable":
            try:
                route = f"{PRODUCTS}/{number(head)}/variations"
                variations = [row for row, _ in ById(self.client).rows(Listing(route), alone=True)]
            except Gone:
                pass  # deleted meanwhile: the next sweep buries it
        kept = {key: value for key, value in head.items() if key not in settings.VOLATILE_OF_PRODUCT}
        return {**kept, "variation_documents": variations}, at
