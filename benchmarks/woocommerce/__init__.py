"""A WooCommerce shop for the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.history import PRODUCTS
from benchmarks.shops import Shop
from benchmarks.woocommerce import catalogue, documents


def _catalogue() -> Iterator[tuple[str, str, Iterable[bytes]]]:
    yield "settings", "home", [catalogue.settings()]
    yield "products", "id", (catalogue.product(n) for n in range(1, PRODUCTS + 1))


SHOP = Shop(
    platform="woocommerce",
    order=documents.order,
    small_order=documents.order,
    catalogue=_catalogue,
    updated_at="date_modified_gmt",
    script=Path(__file__).with_name("handwritten.sql"),
)
