"""WooCommerce: whole orders, products, customers and more, from the REST API into `raw_woocommerce`.

What: the resources in `RESOURCES`, one document per thing, an order with its refunds, a product with its
variations. Why loading twice is harmless: the log is append-only, a document equal to its latest landed
version is not landed again, and cursors only choose what to ask for.

    index (home, time zone) ─► window by cursor ─► slices of it walked side by side ─► parts read for each
                        counts, weekly ids ─► what seems gone is asked for by its id ─► tombstones
    documents ─► hash against the log ─► Arrow batches ─► dlt ─► raw_woocommerce.<resource>
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.woocommerce.client import Client
from loaders.woocommerce.expectations import EXPECTATIONS
from loaders.woocommerce.resources import RESOURCES
from loaders.woocommerce.site import same_site
from loaders.woocommerce.source import WooCommerce

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks the site which one it is."""
    client = Client.of(run.account, warn=run.report.warn)
    run.at_end(client.close)
    site = client.probe()
    # A site that moved to https, or to or from www, is the same shop under the name it was first met by.
    identity = next((one for one in run.known_identities if same_site(one, site.home)), site.home)
    run.identify(identity)
    return WooCommerce(run, client, site, identity).resources()
