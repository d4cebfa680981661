"""Which orders have refunds, from the shop's own list of them (WooCommerce 9.0 and newer)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from loaders.common.windows import Window
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.documents import Json, number
from loaders.woocommerce.lists import Listing
from loaders.woocommerce.orders import ORDERS
from loaders.woocommerce.refusals import NoRoute
from loaders.woocommerce.site import Site
from loaders.woocommerce.walking import CREATED, Walk

REFUNDS = Listing(f"{settings.API}/refunds", {"_fields": "id,parent_id,date_created_gmt"})


@dataclass
class Refunds:
    """The refunds of one shop, over all of its orders."""

    client: Client
    site: Site

    def by_order(self, since: datetime | None = None) -> dict[int, set[int]] | None:
        """The refunds made since then, or ever, of each order; None where the shop has no such list."""
        found: dict[int, set[int]] = {}
        try:
            for row, _ in Walk(self.client, self.site, REFUNDS, CREATED).rows(Window(since=since)):
                found.setdefault(int(row["parent_id"]), set()).add(number(row))
        except NoRoute:
            return None
        return found

    def recently_placed(self) -> Iterator[tuple[Json, datetime]]:
        """Orders placed in the last days, for shops without that list."""
        since = self.site.at - settings.REFUND_LOOK_BACK
        orders = Listing(ORDERS, {"status": "any"})
        yield from Walk(self.client, self.site, orders, CREATED).rows(Window(since=since))
