"""Loads from the practice web shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from sandbox.business.world import build_world
from sandbox.running import Running, running
from tests.loaders.landed import Landed
from tests.loaders.woo import QUICK
from warehouse import get_settings

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)


@dataclass
class Linden(Landed):
    """The practice web shop, the account that points at it, and the warehouse it loads into."""

    here: Running
    accounts_file: Path
    key: str
    secret: str
    platform = "woocommerce"
    account_id = "linden"

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        return load("woocommerce", "linden", resources=resources or None, **wanted)

    def client(self) -> Client:
        return Client.of(account("woocommerce", "linden"))

    def configure(self, **given: Any) -> None:
        self.here.server.platforms["woocommerce"].configure("linden", given)

    def fault(self, kind: str, **options: Any) -> None:
        self.here.sandbox.faults.add(kind, store="linden", **options)

    def happens(self, **asked: Any) -> list[int]:
        """An intervention: its orders."""
        return list(self.here.server.platforms["woocommerce"].intervene("linden", asked))

    def advance(self, **step: int) -> None:
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(**step))

    def account(self, **options: Any) -> None:
        options = {"url": f"{self.here.url}/woocommerce/linden", **options}
        lines = [f"{key} = {value!r}".replace("True", "true") for key, value in options.items()]
        self.accounts_file.write_text("[woocommerce.linden]\n" + "\n".join(lines) + "\n")

    @property
    def orders(self) -> dict[int, Any]:
        """The orders that there really are, those in the trash too."""
        return dict(self.here.sandbox.world.stores["linden"].shop_orders)

    def shown(self) -> dict[str, Any]:
        """What the shop shows of each order now, those in the trash too."""
        client = self.client()
        found: dict[str, Any] = {}
        for status in ("any", "trash"):
            for page in range(1, 100):
                rows = client.rows("wc/v3/orders", {"status": status, "page": page, "per_page": 100}).body
                found |= {str(one["id"]): one for one in rows}
                if len(rows) < 100:
                    break
        return found

    def refunds(self) -> dict[str, list[str]]:
        """The amounts of each order's refunds as landed."""
        found = {key: one["refund_documents"] for key, one in self.documents("orders").items()}
        return {key: [one["amount"] for one in refunds] for key, refunds in found.items()}


@contextmanager
def linden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, orders: int = 200) -> Iterator[Linden]:
    """The practice web shop of a small business; it has three tenths of `orders`."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    with running(build_world(orders, 7, AS_OF)) as here:
        secrets = here.server.platforms["woocommerce"].secrets("linden")
        monkeypatch.setenv("WOOCOMMERCE_LINDEN_KEY", secrets["key"])
        monkeypatch.setenv("WOOCOMMERCE_LINDEN_SECRET", secrets["secret"])
        get_settings.cache_clear()
        found = Linden(here, file, **secrets)
        found.account()
        yield found
