"""The shop and the products that the benchmarks' orders belong to, as the Shopify loader lands them."""

from __future__ import annotations

from typing import Any

import orjson

from benchmarks.history import START
from benchmarks.shopify.documents import GID, written


def shop() -> bytes:
    """The document of the shop that the orders belong to."""
    return orjson.dumps(
        {
            "id": f"{GID}Shop/1",
            "name": "Bench",
            "myshopifyDomain": "bench.myshopify.com",
            "contactEmail": "shop@example.com",
            "currencyCode": "GBP",
            "ianaTimezone": "Europe/London",
            "taxesIncluded": True,
            "plan": {"publicDisplayName": "Basic", "shopifyPlus": False},
            "createdAt": "2024-01-01T00:00:00Z",
            "updatedAt": "2024-01-01T00:00:00Z",
            "accessScopes": ["read_all_orders", "read_orders"],
        },
        option=orjson.OPT_SORT_KEYS,
    )


def product(n: int) -> bytes:
    """One of the products that the orders sell."""
    made = written(START)
    article = {
        "id": f"{GID}Product/{n}",
        "legacyResourceId": str(n),
        "title": f"Article {n}",
        "handle": f"a{n}",
    }
    variant: dict[str, Any] = {
        "id": f"{GID}ProductVariant/{n}",
        "legacyResourceId": str(n),
        "title": "Default Title",
        "sku": f"SKU-{n:04}",
        "barcode": None,
        "price": "19.99",
        "compareAtPrice": None,
        "position": 1,
        "taxable": True,
        "createdAt": made,
        "updatedAt": made,
        "inventoryItem": {"id": f"{GID}InventoryItem/{n}"},
        "selectedOptions": [],
    }
    more = {"vendor": "House", "productType": "", "status": "ACTIVE", "isGiftCard": False, "tags": []}
    times = {"createdAt": made, "updatedAt": made, "publishedAt": made}
    return orjson.dumps({**article, **more, **times, "variants": [variant]}, option=orjson.OPT_SORT_KEYS)
