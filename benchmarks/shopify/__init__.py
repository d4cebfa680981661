"""A Shopify shop for the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.history import PRODUCTS
from benchmarks.shopify import catalogue, documents
from benchmarks.shops import Shop


def _catalogue() -> Iterator[tuple[str, str, Iterable[bytes]]]:
    yield "shop", "id", [catalogue.shop()]
    yield "products", "id", (catalogue.product(n) for n in range(1, PRODUCTS + 1))


SHOP = Shop(
    platform="shopify",
    order=documents.order,
    small_order=partial(documents.order, compact=True),
    catalogue=_catalogue,
    updated_at="updatedAt",
    script=Path(__file__).with_name("handwritten.sql"),
)
