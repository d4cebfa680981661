"""Loads from a scripted Meta."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.days import Days
from loaders.common.http import Patience
from loaders.meta_ads import settings
from loaders.meta_ads.client import Client
from loaders.meta_ads.insights import Insights
from tests.loaders.landed import Landed
from tests.loaders.scripted import serving
from tests.loaders.scripted_graph import NODE, TOKEN, Graph
from warehouse import get_settings

QUICK = Patience(attempts=3, first=0.01, longest=0.02, longest_told=0.05)


@dataclass
class Meta(Landed):
    """A scripted ad account, the account that points at it, and the warehouse it loads into."""

    graph: Graph
    url: str
    accounts_file: Path
    slept: list[float] = field(default_factory=list)
    platform = "meta_ads"
    account_id = "harbour"

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        self.graph.asked.clear()
        return load("meta_ads", "harbour", resources=resources or None, **wanted)

    def client(self) -> Client:
        """A client that sleeps no time and notes how long it would have."""
        return Client.of(account("meta_ads", "harbour"), sleep=self.slept.append)

    def read(self, first: str, last: str) -> dict[date, list[str]]:
        """The ads that insights have on each day, without a warehouse."""
        days = Days(date.fromisoformat(first), date.fromisoformat(last))
        client = self.client()
        try:
            return {day: [one["ad_id"] for one in rows] for day, rows, _ in Insights(client).days(days)}
        finally:
            client.close()

    def configure(self, **options: str) -> None:
        given = {"base_url": f"{self.url}/meta_ads", "account_id": NODE, "since": "2026-11-01", **options}
        lines = [f'{key} = "{value}"' for key, value in given.items()]
        self.accounts_file.write_text("[meta_ads.harbour]\n" + "\n".join(lines) + "\n")


@contextmanager
def meta(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Meta]:
    """An ad account that answers, without a warehouse."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setenv("META_ADS_HARBOUR_TOKEN", TOKEN)
    monkeypatch.delenv("META_ADS_HARBOUR_APP_SECRET", raising=False)
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    monkeypatch.setattr(settings, "RUN_POLL", Patience(first=0.01, longest=0.02))
    get_settings.cache_clear()
    graph = Graph()
    with serving(graph) as url:
        found = Meta(graph, url, file)
        found.configure()
        yield found
