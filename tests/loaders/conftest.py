"""Loads against a practice shop of their own: a small world, a warehouse of its own, quick retries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import warehouse
from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.http import Patience
from loaders.shopify import settings as shopify_settings
from loaders.shopify.client import Client
from sandbox.business.world import build_world
from sandbox.running import Running, running
from warehouse import ROOT, Settings, get_settings

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
ACCOUNT = """
[shopify.{name}]
shop = "{name}.myshopify.com"
base_url = "{base}"
"""


@dataclass
class Practice:
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

    def configure(self, store: str = "kiwi", **given: Any) -> None:
        self.here.server.platforms["shopify"].configure(store, given)

    def advance(self, **step: int) -> None:
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(**step))

    def add_account(self, name: str, *, store: str | None = None, base: str | None = None) -> None:
        text = self.accounts_file.read_text()
        base = base or f"{self.here.url}/shopify/{store}"
        self.accounts_file.write_text(text + ACCOUNT.format(name=name, base=base))

    def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        connection = warehouse.connect("loader")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def rows(self, resource: str, account_id: str = "kiwi") -> int:
        return int(
            self.sql(f"select count(*) from raw_shopify.{resource} where account_id = %s", account_id)[0][0]
        )

    def documents(self, resource: str, account_id: str = "kiwi") -> dict[str, Any]:
        """The latest version of everything that lives, as staging would see it."""
        found = self.sql(
            f"select distinct on (id) id, document from raw_shopify.{resource} r "
            "join raw_shopify._dlt_loads l on l.load_id = r._dlt_load_id where account_id = %s "
            "order by id, updated_at desc nulls last, observed_at desc, _dlt_load_id desc",
            account_id,
        )
        return {identity: json.loads(text) for identity, text in found if text is not None}

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        """`python -m loaders` in a process of its own."""
        return self.python("-m", "loaders", *arguments)

    def python(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "300"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


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
