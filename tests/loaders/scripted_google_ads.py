"""A Google Ads account of a few lines: rows by resource, figures by day, pages of a fixed size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.google_ads import settings
from loaders.google_ads.client import Client
from tests.loaders.scripted import Answer, Asked, Json, serving
from tests.loaders.scripted_google import QUICK, Configured, Google

ID, MANAGER = "1000000001", "9990001111"
_QUERY = re.compile(r"SELECT (.+) FROM (\w+)(?: WHERE segments\.date BETWEEN '(.+)' AND '(.+)')?")
FAILURE = "type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure"


class Customer(Google):
    """One customer; `rows` of a resource are its things, or its figures where they have a day."""

    platform, account_id = "google_ads", "harbour"
    scope = settings.SCOPE

    def __init__(self) -> None:
        super().__init__()
        about = {"id": ID, "descriptiveName": "Harbour", "currencyCode": "GBP", "timeZone": "Europe/London"}
        self.customer: Json = {**about, "manager": False, "status": "ENABLED"}
        self.things: dict[str, list[Json]] = {}
        self.figures: dict[str, list[Json]] = {"ad_group_ad": [], "campaign": []}
        self.conversions: dict[str, list[Json]] = {"ad_group_ad": [], "campaign": []}
        self.page_size = 10_000
        self.configured: Configured

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        return load("google_ads", "harbour", resources=resources or None, **wanted)

    def client(self) -> Client:
        return Client.of(account("google_ads", "harbour"), sleep=lambda _: None)

    def spend(self, day: str, ad: int | None, micros: int, *, campaign: int = 7) -> None:
        """Delivery of an ad, which its campaign's figures include; or of a campaign without ads."""
        part = {"segments": {"date": day}, "metrics": {"costMicros": str(micros), "clicks": "1"}}
        row = {"campaign": {"id": str(campaign)}, **part}
        self.figures["campaign"].append(row)
        if ad is not None:
            self.figures["ad_group_ad"].append({**row, **_ad(ad)})

    def queries(self) -> list[str]:
        return [str(json.loads(one.body)["query"]) for one in self.asked if one.body]

    def spans(self, resource: str = "ad_group_ad") -> list[tuple[str, str]]:
        """First and last day of each report that was asked for, without its further pages."""
        found = [_QUERY.fullmatch(one) for one in self.queries()]
        return [(one[3], one[4]) for one in found if one and one[3] and one[2] == resource]

    def fail(self, status: int, name: str, code: tuple[str, str], message: str, **details: Json) -> Answer:
        error: Json = {"errorCode": {code[0]: code[1]}, "message": message}
        failure = {"@type": FAILURE, "errors": [error | ({"details": details} if details else {})]}
        return self.refuse(status, name, "The outer message.", [{**failure, "requestId": "abc"}])

    def api(self, asked: Asked) -> Answer:
        if asked.path != f"/v26/customers/{ID}/googleAds:search" or asked.method != "POST":
            return self.page(404)
        body = json.loads(asked.body)
        query = _QUERY.fullmatch(body["query"])
        assert query, body["query"]
        rows = self._rows(query[1], query[2], query[3], query[4])
        start = int(str(body.get("pageToken", "page-0")).removeprefix("page-"))
        shown = rows[start : start + self.page_size]
        more = start + self.page_size < len(rows)
        said: Json = {"fieldMask": query[1], "queryResourceConsumption": "1"}
        said |= {"results": shown} if shown else {}
        return self.say(said | ({"nextPageToken": f"page-{start + self.page_size}"} if more else {}))

    def _rows(self, fields: str, resource: str, first: str | None, last: str | None) -> list[Json]:
        if resource == "customer":
            return [{"customer": {"resourceName": f"customers/{ID}", **self.customer}}]
        if first is None or last is None:
            return self.things.get(resource, [])
        kept = self.conversions if "conversion_action" in fields else self.figures
        return [row for row in kept[resource] if first <= row["segments"]["date"] <= last]


def _ad(ad: int) -> Json:
    return {"adGroup": {"id": str(ad // 10)}, "adGroupAd": {"ad": {"id": str(ad)}}}


@contextmanager
def serving_customer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Customer]:
    """A customer that answers, without a warehouse; its history begins in November."""
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    found = Customer()
    with serving(found) as url:
        found.url = url
        found.configured = Configured(monkeypatch, tmp_path, "google_ads", url)
        found.configured.account(
            customer_id="100-000-0001",
            login_customer_id="999-000-1111",
            base_url=url,
            token_url=f"{url}/token",
            since="2026-11-01",
        )
        found.configured.as_user()
        yield found
