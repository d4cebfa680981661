"""Loads from a scripted web shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.http import Patience
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from tests.loaders.landed import Landed
from tests.loaders.scripted import serving
from tests.loaders.scripted_shop import Shop
from warehouse import get_settings

KEY, SECRET = f"ck_{'a1' * 20}", f"cs_{'b2' * 20}"
QUICK = Patience(attempts=3, first=0.01, longest=0.02, longest_told=0.05)


@dataclass
class Web(Landed):
    """A scripted shop, the account that points at it, and the warehouse it loads into."""

    shop: Shop
    url: str
    accounts_file: Path
    platform = "woocommerce"
    account_id = "linden"

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        return load("woocommerce", "linden", resources=resources or None, **wanted)

    def client(self) -> Client:
        return Client.of(account("woocommerce", "linden"))

    def configure(self, **options: Any) -> None:
        lines = [
            f"{key} = {str(value).lower() if isinstance(value, bool | int) else repr(value)}"
            for key, value in {"url": self.url, **options}.items()
        ]
        self.accounts_file.write_text("[woocommerce.linden]\n" + "\n".join(lines) + "\n")

    def versions(self) -> dict[str, int]:
        """The version of each order that staging would see."""
        return {key: order["version"] for key, order in self.documents("orders").items()}

    def truth(self) -> dict[str, int]:
        return {str(key): order["version"] for key, order in self.shop.orders.items()}


@contextmanager
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    """A shop that answers, without a warehouse."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setenv("WOOCOMMERCE_LINDEN_KEY", KEY)
    monkeypatch.setenv("WOOCOMMERCE_LINDEN_SECRET", SECRET)
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    get_settings.cache_clear()
    shop = Shop()
    with serving(shop) as url:
        found = Web(shop, url, file)
        found.configure()
        yield found
