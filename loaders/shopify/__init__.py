"""Shopify: whole orders, customers, products and more, from the GraphQL Admin API into `raw_shopify`.

What: the resources in `RESOURCES`, one document per thing, an order with everything that belongs to it.
Why loading twice is harmless: the log is append-only, a document equal to its latest landed version is not
landed again, and cursors only choose what to ask for.

    probe (shop, scopes) ─► window by cursor ─► bulk, or pages where little changed ─► parts joined, complete
                       deletions by events and id sweeps, each asked for by id ─► tombstones
    documents ─► hash against the log ─► Arrow batches ─► dlt ─► raw_shopify.<resource>
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.shopify.client import Client
from loaders.shopify.expectations import EXPECTATIONS
from loaders.shopify.source import RESOURCES, Shopify

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks the vendor which shop it is and what may be read."""
    client = Client.of(run.account)
    shop = client.probe()
    run.identify(shop.id)
    return Shopify(run, client, shop).resources()
