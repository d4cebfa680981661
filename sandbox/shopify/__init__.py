"""A local stand-in for Shopify's Admin API (GraphQL, version 2026-10) in front of the practice business.

It is written from the vendor's documented and measured behaviour, inconvenient parts included: whoever loads
from it without trouble should be able to load from a real shop.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sandbox.business.events import Deleted, Event, Touched
from sandbox.shopify.app import ShopifyApp
from sandbox.shopify.cost import PLANS
from sandbox.shopify.render.base import gid
from sandbox.shopify.scopes import ALL_SCOPES
from sandbox.shopify.shop import ROWS, Shop
from sandbox.state import Platform, Sandbox, WrongSetting, chosen

__all__ = ["Shopify"]

SETTINGS = {
    "scopes", "plan", "bucket", "token", "shopifyql_rows", "shopifyql_by_order", "index_lag",
    "customers_by_day",
}  # fmt: skip


class Shopify(Platform):
    """Every store of the world that is a Shopify shop."""

    name = "shopify"

    def __init__(self, sandbox: Sandbox, *, plan: str = "advanced") -> None:
        self.sandbox = sandbox
        stores = sandbox.world.stores.values()
        self.shops = {one.name: Shop(one, sandbox, plan=plan) for one in stores if one.platform == self.name}
        self.app = ShopifyApp(self.shops)
        for shop in self.shops.values():
            sandbox.moved.append(shop.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self.app.routes())

    def identify(self, kind: str, number: int) -> str:
        """The vendor's id of a thing of the business."""
        return gid(kind, number)

    def secrets(self, store: str) -> dict[str, str]:
        """The app's token."""
        return {"token": self.shops[store].token}

    def orders(self, store: str) -> Collection[int]:
        """The ids of the orders that exist now."""
        return self.shops[store].store.orders

    def intervene(self, store: str, asked: dict[str, Any]) -> list[int]:
        """`note`, `tags`, or `delete`."""
        now = self.sandbox.now()
        tags = asked.get("tags")
        event: Event = Touched(now, None if tags is None else tuple(tags), asked.get("note"))
        if asked.get("delete"):
            event = Deleted(now)
        orders = chosen(self.orders(store), asked.get("orders", 1))
        return self.sandbox.intervene(store, dict.fromkeys(orders, event))

    def settings(self, store: str) -> dict[str, Any]:
        """How the app is installed in a shop."""
        shop = self.shops[store]
        return {
            "scopes": sorted(shop.scopes),
            "plan": shop.plan,
            "shopifyql_rows": shop.rows_layout,
            "shopifyql_by_order": shop.reports_by_order,
            "index_lag": shop.index_lag.total_seconds(),
            "customers_by_day": shop.customers_by_day,
            "token": shop.token,
        }

    def reset(self, store: str) -> None:
        """Install the app anew."""
        self.shops[store].reset()

    def configure(self, store: str, given: dict[str, Any]) -> None:
        """Change the installation, or what nobody could verify about the vendor.

        `scopes`, `plan`, `bucket` ({maximum, restore}), `token`; `shopifyql_rows` (objects or lists),
        `shopifyql_by_order` (whether reports know orders), `index_lag` (seconds until a change shows in
        lists), `customers_by_day` (their `updated_at` filter compares whole days).
        """
        shop = self.shops[store]
        unknown = set(given) - SETTINGS
        if unknown:
            raise WrongSetting(f"no such setting: {', '.join(sorted(unknown))}")
        if given.get("plan", shop.plan) not in PLANS:
            raise WrongSetting(f"plan is one of {', '.join(PLANS)}")
        if given.get("shopifyql_rows", ROWS[0]) not in ROWS:
            raise WrongSetting(f"shopifyql_rows is one of {', '.join(ROWS)}")
        strange = set(given.get("scopes", ())) - set(ALL_SCOPES)
        if strange:
            raise WrongSetting(f"no such scope: {', '.join(sorted(strange))}")
        if "scopes" in given:
            shop.scopes = frozenset(given["scopes"])
        if "plan" in given:
            shop.use_plan(given["plan"])
        if "bucket" in given:
            shop.use_bucket(**given["bucket"])
        shop.token = given.get("token", shop.token)
        shop.rows_layout = given.get("shopifyql_rows", shop.rows_layout)
        shop.reports_by_order = bool(given.get("shopifyql_by_order", shop.reports_by_order))
        shop.customers_by_day = bool(given.get("customers_by_day", shop.customers_by_day))
        shop.index_lag = timedelta(seconds=given.get("index_lag", shop.index_lag.total_seconds()))


STAND_IN = Shopify
