"""Loads from a scripted TikTok: a test writes an advertiser's figures and can replace its every answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.common.days import Days
from loaders.common.http import Patience
from loaders.tiktok_ads import settings
from loaders.tiktok_ads.client import Client
from loaders.tiktok_ads.reports import Reports
from tests.loaders.landed import Landed
from tests.loaders.scripted import Answer, Asked, Json, Vendor, serving
from warehouse import get_settings

ID, TOKEN = "7100000000000000077", "c0ffee" * 8
INFO, REPORT = "advertiser/info/", "report/integrated/get/"


def row(day: date, ad: str, **metrics: str) -> Json:
    """One ad's day as TikTok writes it."""
    dimensions = {"ad_id": ad, "stat_time_day": f"{day} 00:00:00"}
    return {"dimensions": dimensions, "metrics": {"spend": "1.50", "ctr": "-", **metrics}}


def refusal(code: int, message: str = "refused") -> Answer:
    """An error: HTTP's status is 200."""
    body = {"code": code, "message": message, "request_id": "2026", "data": {}}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


class TikTok(Vendor, Landed):
    """`between` is called before each answer, with the request; `asked` are all of them."""

    platform, account_id = "tiktok_ads", "kiwi"

    def __init__(self, accounts_file: Path) -> None:
        super().__init__()
        self.accounts_file = accounts_file
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.figures: Callable[[date], list[Json]] = lambda day: [row(day, "2"), row(day, "1")]
        self.advertiser = {
            "currency": "NZD",
            "timezone": "Etc/GMT-12",
            "display_timezone": "Pacific/Auckland",
        }
        self.between: Callable[[Asked], Answer | None] = lambda _: None
        self.asked: list[Asked] = []
        self.slept: list[float] = []
        self.lock = threading.RLock()

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        self.asked.clear()
        return load("tiktok_ads", "kiwi", resources=resources or None, **wanted)

    def client(self) -> Client:
        """A client that sleeps no time and notes how long it would have."""
        return Client.of(account("tiktok_ads", "kiwi"), sleep=self.slept.append)

    def read(self, first: str, last: str) -> dict[date, list[str]]:
        """The ads that reports have on each day, without a warehouse."""
        days = Days(date.fromisoformat(first), date.fromisoformat(last))
        found = Reports(self.client()).days(days)
        return {day: [one["dimensions"]["ad_id"] for one in rows] for day, rows, _ in found}

    def spans(self) -> list[tuple[str, str]]:
        """The windows that were asked for, page by page."""
        asked = [one.query for one in self.asked if one.path.endswith(REPORT)]
        return sorted((one["start_date"], one["end_date"]) for one in asked)

    def configure(self, **options: str) -> None:
        lines = [f'{key} = "{value}"' for key, value in {"since": "2026-11-01", **options}.items()]
        self.accounts_file.write_text("[tiktok_ads.kiwi]\n" + "\n".join(lines) + "\n")

    def reply(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(asked)
            return self.between(asked) or self._answer(asked)

    def say(self, data: Any) -> Answer:
        headers = {"Date": format_datetime(self.now, usegmt=True), "Content-Type": "application/json"}
        body = {"code": 0, "message": "OK", "request_id": "2026", "data": data}
        return 200, headers, json.dumps(body).encode()

    def _answer(self, asked: Asked) -> Answer:
        if asked.headers.get("access-token") != TOKEN:
            return refusal(40105, "Access token is incorrect or has been revoked.")
        if asked.path.endswith(INFO):
            return self.say({"list": [{"advertiser_id": ID, "name": "Kiwi", **self.advertiser}]})
        if not asked.path.endswith(f"/tiktok/open_api/v1.3/{REPORT}"):
            return 404, {"Content-Type": "text/html"}, b"<html>404 page not found</html>"
        ends = [date.fromisoformat(asked.query[name]) for name in ("start_date", "end_date")]
        if (ends[1] - ends[0]).days >= 30:
            return refusal(40002, "max time span is 30 days when use stat_time_day")
        rows = [one for day in Days(*ends) for one in self.figures(day)]
        page, size = int(asked.query["page"]), int(asked.query["page_size"])
        info = {
            "page": page,
            "page_size": size,
            "total_number": len(rows),
            "total_page": -(-len(rows) // size),
        }
        return self.say({"list": rows[(page - 1) * size : page * size], "page_info": info})


@contextmanager
def tiktok(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TikTok]:
    """An advertiser that answers, without a warehouse."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setenv("TIKTOK_ADS_KIWI_TOKEN", TOKEN)
    monkeypatch.setattr(settings, "PATIENCE", Patience(attempts=3, first=0.01, longest=0.02))
    monkeypatch.setattr(settings, "TROUBLE", Patience(attempts=3, first=0.01, longest=0.02))
    get_settings.cache_clear()
    found = TikTok(file)
    with serving(found) as url:
        found.configure(base_url=f"{url}/tiktok", advertiser_id=ID)
        yield found
