"""One practice site: its installation in front of the business's shop, and what is known of its rows."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from sandbox.business.model import Meta, ShopOrder, WebShop
from sandbox.state import Sandbox
from sandbox.woocommerce import rows
from sandbox.woocommerce.access import Doorman, Key
from sandbox.woocommerce.attribution import notes
from sandbox.woocommerce.listing import Listing, Row
from sandbox.woocommerce.oauth import Nonces
from sandbox.woocommerce.render.base import Document, Printer
from sandbox.woocommerce.settings import Settings

KEPT_DOCUMENTS = 30_000


class Site:
    """What the REST API of one site serves."""

    def __init__(self, shop: WebShop, sandbox: Sandbox) -> None:
        self.shop = shop
        self.name = shop.name
        self.sandbox = sandbox
        self.home = f"https://{shop.domain}"
        self._opening_habit = shop.refund_moves_order
        self._kept: dict[tuple[str, int], tuple[Any, bytes]] = {}
        self._lock = threading.Lock()
        self.orders = Listing(lambda: rows.orders(shop, hidden=self.settings.hidden_orders))
        self.refunds = Listing(lambda: rows.refunds(shop, hidden=self.settings.hidden_orders))
        self.products = Listing(lambda: rows.products(shop))
        self.coupons = Listing(lambda: rows.coupons(shop))
        self.customers = Listing(lambda: rows.customers(shop), rows.CUSTOMER_SORTS)
        self.taxes = Listing(lambda: rows.taxes(shop), rows.TAX_SORTS)
        self.variations: dict[int, Listing] = {}
        self.reset()

    def reset(self) -> None:
        """A fresh installation."""
        with self.sandbox.gate.moving():
            self.settings = Settings(
                timezone_string=self.shop.timezone, bump_modified_on_refund=self._opening_habit
            )
            self.shop.refund_moves_order = self._opening_habit
            self.key = Key.of(self.name)
            self.doorman = Doorman(self.key, self.settings, Nonces())
            self._repaint()

    def configure(self, given: dict[str, Any]) -> None:
        """Change settings, once nobody reads: what is being written by the old ones would be kept."""
        with self.sandbox.gate.moving():
            self.settings.change(given)
            self.shop.refund_moves_order = self.settings.bump_modified_on_refund
            self._repaint()

    def moved(self) -> None:
        """The world has changed: forget what was derived from it."""
        for listing in (self.orders, self.refunds, self.products, self.coupons, self.customers, self.taxes):
            listing.forget()
        self.variations.clear()
        self.derived: dict[str, Any] = {}
        self._gone = sum(one.kind == "product" for one in self.shop.deletions)

    def printer(self, decimals: int | None = None) -> Printer:
        """How the site writes; `dp` of a request overrides its decimals."""
        places = self.settings.decimals if decimals is None else decimals
        return Printer(self.home, self.settings.zone(), places)

    def fault(self, kind: str, *, route: str, text: str = "") -> dict[str, Any] | None:
        """Use up a fault that is switched on for this site."""
        return self.sandbox.faults.take(kind, "woocommerce", store=self.name, route=route, text=text)

    def notes(self, order: ShopOrder) -> tuple[Meta, ...]:
        """The meta data of an order."""
        return notes(order, self.sandbox.world.marketing.journey(self.name, order.id))

    def variations_of(self, product: int) -> Listing | None:
        """The variations of a product, or None without the product."""
        row = self.products.get(product)
        if row is None:
            return None
        with self._lock:
            if product not in self.variations:
                self.variations[product] = Listing(lambda: rows.variations(row.source))
            return self.variations[product]

    def sold(self) -> dict[int, int]:
        """Units sold by product, as the counter of each product shows them."""
        known: dict[int, int] | None = self.derived.get("sold")
        if known is None:
            known = self.derived["sold"] = rows.sold(self.shop)
        return known

    def alike(self) -> dict[str, list[int]]:
        """Products by what they are."""
        known: dict[str, list[int]] | None = self.derived.get("alike")
        if known is None:
            known = self.derived["alike"] = rows.alike(self.shop)
        return known

    def written(self, kind: str, found: Iterable[Row], write: Callable[[Row], Document]) -> list[bytes]:
        """Documents as JSON; they are kept until their thing changes."""
        return [self._kept_or(kind, row, write) for row in found]

    def _kept_or(self, kind: str, row: Row, write: Callable[[Row], Document]) -> bytes:
        version = rows.version(self.shop, row, gone=self._gone)
        if version is None:
            return orjson.dumps(write(row))
        known = self._kept.get((kind, row.id))
        if known is not None and known[0] == version:
            return known[1]
        text = orjson.dumps(write(row))
        if len(self._kept) >= KEPT_DOCUMENTS:
            self._kept.clear()
        self._kept[kind, row.id] = version, text
        return text

    def _repaint(self) -> None:
        self._kept.clear()
        self.moved()
