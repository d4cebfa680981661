"""Loads of the practice shop's ad accounts at Meta and TikTok."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.days import Days
from loaders.common.http import Patience
from loaders.meta_ads import settings as meta_settings
from loaders.meta_ads.client import Client as MetaClient
from loaders.meta_ads.insights import Insights
from loaders.tiktok_ads import settings as tiktok_settings
from loaders.tiktok_ads.client import Client as TikTokClient
from loaders.tiktok_ads.reports import Reports
from sandbox.business.world import build_world
from sandbox.running import Running, running
from tests.loaders.landed import Landed
from warehouse import get_settings

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
ACCOUNTS = {
    "meta_ads": {
        "harbour": ("account_id", "act_550000000000001"),
        "alpine": ("account_id", "550000000000002"),
    },
    "tiktok_ads": {
        "alpine": ("advertiser_id", "7100000000000000002"),
        "kiwi": ("advertiser_id", "7100000000000000003"),
    },
}
REPORTS = {"meta_ads": "insights", "tiktok_ads": "ad_reports"}
QUICK = Patience(attempts=4, first=0.01, longest=0.02)
Figures = dict[str, tuple[Decimal, int, int]]


@dataclass(kw_only=True)
class Ads(Landed):
    """The practice shop's accounts at one platform, and the warehouse they load into."""

    here: Running
    accounts_file: Path
    monkeypatch: pytest.MonkeyPatch
    platform: str

    @property
    def name(self) -> str:
        return next(iter(ACCOUNTS[self.platform]))

    def secret(self, vendors: str, what: str) -> str:
        """A secret of the vendor's account."""
        with urllib.request.urlopen(f"{self.here.url}/control/secrets/{self.platform}/{vendors}") as answer:
            return str(json.load(answer)[what])

    @property
    def reports(self) -> str:
        return REPORTS[self.platform]

    def load(self, name: str | None = None, **wanted: Any) -> LoadReport:
        return load(self.platform, name or self.name, **wanted)

    def configure(self, **given: Any) -> None:
        """Change the vendor's settings of the account."""
        url = f"{self.here.url}/control/accounts/{self.platform}/{self.name}"
        request = urllib.request.Request(
            url, json.dumps(given).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request).close()

    def add(self, name: str, vendors: str, **options: str) -> None:
        """An account called `name` that is the vendor's account of `vendors`."""
        self.monkeypatch.setenv(f"{self.platform}_{name}_TOKEN".upper(), self.secret(vendors, "token"))
        key, identity = ACCOUNTS[self.platform][vendors]
        given = {
            "base_url": f"{self.here.url}/{self.platform}",
            key: identity,
            "since": "2026-08-01",
            **options,
        }
        lines = [f'{option} = "{value}"' for option, value in given.items()]
        with self.accounts_file.open("a") as file:
            file.write(f"[{self.platform}.{name}]\n" + "\n".join(lines) + "\n")

    def fault(self, kind: str, **options: Any) -> None:
        self.here.sandbox.faults.add(kind, platform=self.platform, store=self.name, **options)

    def advance(self, **step: int) -> None:
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(**step))

    def truth(self) -> Figures:
        """Spend, impressions and clicks of each day with delivery, from the business itself."""
        url = f"{self.here.url}/truth/marketing/{self.platform}/{self.name}/daily"
        with urllib.request.urlopen(url) as answer:
            days = json.load(answer)
        return {
            one["day"]: (Decimal(one["spend"]), one["impressions"], one["clicks"])
            for one in days
            if one["day"] >= "2026-08-01"
        }

    def landed_figures(self) -> Figures:
        """The same as it was landed."""
        days = self.documents(self.reports, self.name)
        return _figures((day, document["rows"]) for day, document in days.items())

    def read(self) -> Figures:
        """The same as the loader reads it, without a warehouse."""
        one = account(self.platform, self.name)
        days = Days(date(2026, 8, 1), AS_OF.date())
        client: MetaClient | TikTokClient
        if self.platform == "meta_ads":
            client = MetaClient.of(one)
            read = Insights(client).days(days)
        else:
            client = TikTokClient.of(one)
            read = Reports(client).days(days)
        try:
            client.probe()
            return _figures((day.isoformat(), rows) for day, rows, _ in read)
        finally:
            client.close()


def _figures(days: Iterable[tuple[str, list[dict[str, Any]]]]) -> Figures:
    found = {}
    for day, rows in days:
        told = [row.get("metrics", row) for row in rows]
        if told:
            spend = sum((Decimal(row["spend"]) for row in told), Decimal(0))
            counts = [sum(int(row[name]) for row in told) for name in ("impressions", "clicks")]
            found[day] = (spend, counts[0], counts[1])
    return found


def business() -> AbstractContextManager[Running]:
    """A small practice shop."""
    return running(build_world(60, 7, AS_OF))


def ads(platform: str, here: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ads:
    """The accounts of a practice shop at `platform`, described to the loaders."""
    file = tmp_path / "accounts.toml"
    file.write_text("")
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setattr(meta_settings, "PATIENCE", QUICK)
    monkeypatch.setattr(meta_settings, "RUN_POLL", QUICK)
    monkeypatch.setattr(meta_settings, "THROTTLE_WAIT", QUICK)
    for name in ("PATIENCE", "TROUBLE", "THROTTLE_WAIT"):
        monkeypatch.setattr(tiktok_settings, name, QUICK)
    found = Ads(platform=platform, here=here, accounts_file=file, monkeypatch=monkeypatch)
    for name in ACCOUNTS[platform]:
        found.add(name, name)
    get_settings.cache_clear()
    return found
