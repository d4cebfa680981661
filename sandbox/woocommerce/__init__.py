"""A local stand-in for WooCommerce's REST API (wc/v3, wc-analytics) in front of the practice business.

It is written from the vendor's documented behaviour and its code. Where it had to choose: signatures are
checked by the real clock, because clients sign by it, whatever the sandbox's clock says; `home`, and with it
every link inside a document, is the site's own address (`https://<store>.example`) wherever the sandbox
listens, while links to other pages lead to where the request came in; nothing can be written.
"""

from collections.abc import Collection
from typing import Any

from sandbox.business.model import WebShop
from sandbox.state import Platform, Sandbox
from sandbox.woocommerce.app import WooApp
from sandbox.woocommerce.interventions import intervene
from sandbox.woocommerce.site import Site

__all__ = ["WooCommerce"]


class WooCommerce(Platform):
    """Every store of the world that is a WooCommerce site."""

    name = "woocommerce"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        stores = sandbox.world.stores.values()
        self.sites = {one.name: Site(one, sandbox) for one in stores if isinstance(one, WebShop)}
        self.app = WooApp(self.sites)
        for site in self.sites.values():
            sandbox.moved.append(site.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self.app.routes())

    def identify(self, kind: str, number: int) -> str:
        """The vendor's id of a thing of the business: the same number, for every kind."""
        return str(number)

    def orders(self, store: str) -> Collection[int]:
        """The ids of the orders that exist now, those in the trash too."""
        return self.sites[store].shop.shop_orders

    def intervene(self, store: str, asked: dict[str, Any]) -> list[int]:
        """What `interventions.py` knows; `{"new": 2}` takes in two orders more."""
        return intervene(self.sites[store], asked)

    def settings(self, store: str) -> dict[str, Any]:
        """How the site is installed."""
        return self.sites[store].settings.shown()

    def secrets(self, store: str) -> dict[str, str]:
        """The key of the site."""
        key = self.sites[store].key
        return {"key": key.key, "secret": key.secret}

    def reset(self, store: str) -> None:
        """Install the site anew."""
        self.sites[store].reset()

    def configure(self, store: str, given: dict[str, Any]) -> None:
        """Change the installation; `settings.py` says what there is."""
        self.sites[store].configure(given)


STAND_IN = WooCommerce
