"""Loads against a practice shop of their own: a small world, a warehouse of its own, quick retries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.http import Patience
from loaders.shopify import settings as shopify_settings
from loaders.shopify.client import Client
from sandbox.business.world import build_world
from sandbox.running import Running, running
from tests.loaders.landed import Landed
from tests.loaders.linden import Linden
from tests.loaders.linden import linden as practice_web_shop
from tests.loaders.meta import Meta
from tests.loaders.meta import meta as scripted_meta
from tests.loaders.scripted_ga4 import Property, serving_property
from tests.loaders.scripted_google_ads import Customer, serving_customer
from tests.loaders.tiktok import TikTok
from tests.loaders.tiktok import tiktok as scripted_tiktok
from tests.loaders.woo import Web
from tests.loaders.woo import web as scripted
from warehouse import Settings, get_settings

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
ACCOUNT = """
[shopify.{name}]
shop = "{name}.myshopify.com"
base_url = "{base}"
"""


@dataclass
class Practice(Landed):
    """A running practice shop, the accounts that point at it, and the warehouse they load into."""

    here: Running
    warehouse: Settings
    accounts_file: Path

    def load(self, name: str = "kiwi", **wanted: Any) -> LoadReport:
        return load("shopify", name, **wanted)

    def client(self, name: str = "kiwi") -> Client:
        return Client.of(account("shopify", name))

    def fault(self, kind: str, store: str = "kiwi", **options: Any) -> None:
        self.here.sandbox.faults.add(kind, store=store, **options)

    def hide_visits(self, store: str = "kiwi") -> None:
        """From now on the app may not see what brought an order."""
        self.fault("protected_data", store, object="CustomerJourneySummary", times=None)

    def configure(self, store: str = "kiwi", **given: Any) -> None:
        self.here.server.platforms["shopify"].configure(store, given)

    def advance(self, **step: int) -> None:
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(**step))

    def add_account(self, name: str, *, store: str | None = None, base: str | None = None) -> None:
        text = self.accounts_file.read_text()
        base = base or f"{self.here.url}/shopify/{store}"
        self.accounts_file.write_text(text + ACCOUNT.format(name=name, base=base))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries that wait almost no time."""
    quick = Patience(attempts=4, first=0.01, longest=0.02, longest_told=0.05)
    monkeypatch.setattr(shopify_settings, "PATIENCE", quick)
    monkeypatch.setattr(shopify_settings, "BULK_POLL", Patience(first=0.01, longest=0.05))


@pytest.fixture
def practice(
    database: Settings, impatient: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Practice]:
    """Three shops of a small business, and an empty warehouse."""
    file = tmp_path / "accounts.toml"
    file.write_text("")
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    with running(build_world(120, 7, AS_OF)) as here:
        practice = Practice(here, database, file)
        for name in (one.name for one in here.sandbox.world.stores.values() if one.platform == "shopify"):
            monkeypatch.setenv(f"SHOPIFY_{name.upper()}_TOKEN", f"sandbox-{name}-token")
            practice.add_account(name, store=name)
        get_settings.cache_clear()
        yield practice


@pytest.fixture
def linden(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Linden]:
    """The practice web shop, and an empty warehouse."""
    with practice_web_shop(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def web_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    """A scripted web shop, for questions that reach no warehouse."""
    with scripted(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def web(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    """A scripted web shop, and an empty warehouse."""
    with scripted(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def ga4_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Property]:
    """A scripted GA4 property, for questions that reach no warehouse."""
    with serving_property(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def ga4(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Property]:
    """A scripted GA4 property, and an empty warehouse."""
    with serving_property(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def meta_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Meta]:
    """A scripted ad account of Meta's, for questions that reach no warehouse."""
    with scripted_meta(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def meta(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Meta]:
    """A scripted ad account of Meta's, and an empty warehouse."""
    with scripted_meta(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def ads_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Customer]:
    """A scripted Google Ads account, for questions that reach no warehouse."""
    with serving_customer(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def ads(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Customer]:
    """A scripted Google Ads account, and an empty warehouse."""
    with serving_customer(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def tiktok_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TikTok]:
    """A scripted advertiser of TikTok's, for questions that reach no warehouse."""
    with scripted_tiktok(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def tiktok(database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TikTok]:
    """A scripted advertiser of TikTok's, and an empty warehouse."""
    with scripted_tiktok(monkeypatch, tmp_path) as found:
        yield found
