"""A GA4 property of a few lines: rows by day, whose every answer a test can come between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadReport, load
from loaders.common.accounts import account
from loaders.ga4 import settings
from loaders.ga4.client import Client
from tests.loaders.scripted import Answer, Asked, Json, serving
from tests.loaders.scripted_google import QUICK, Configured, Google

ID = "411000001"


class Property(Google):
    """Sessions and purchases of one property; `rows` by metric count of the report and day."""

    platform, account_id = "ga4", "harbour"
    scope = settings.SCOPE

    def __init__(self) -> None:
        super().__init__()
        self.zone, self.currency = "Europe/London", "GBP"
        self.sessions: dict[str, list[Json]] = {}
        self.purchases: dict[str, list[Json]] = {}
        self.flags: dict[str, Json] = {}
        self.blocked: list[str] = []
        self.used = 0
        self.configured: Configured

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        return load("ga4", "harbour", resources=resources or None, **wanted)

    def client(self) -> Client:
        return Client.of(account("ga4", "harbour"), sleep=lambda _: None)

    def session(self, day: str, source: str, sessions: int = 1, **more: str) -> None:
        self.sessions.setdefault(day, []).append(
            {"date": day.replace("-", ""), "sessionSource": source, "sessions": str(sessions), **more}
        )

    def days_asked(self) -> list[str]:
        """The days of the reports that were asked for, in that order."""
        bodies = [json.loads(one.body) for one in self.asked if one.path.endswith(":batchRunReports")]
        ranges = [each["dateRanges"][0] for body in bodies for each in body["requests"]]
        assert all(one["startDate"] == one["endDate"] for one in ranges)
        return [one["startDate"] for one in ranges if one["startDate"] != "today"]

    def api(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix(f"/v1beta/properties/{ID}")
        if path == "/metadata" and asked.method == "GET":
            reasons = [{"apiName": name, "blockedReasons": ["NO_REVENUE_METRICS"]} for name in self.blocked]
            return self.say({"name": f"properties/{ID}/metadata", "dimensions": [], "metrics": reasons})
        if path == ":batchRunReports" and asked.method == "POST":
            asked_for = json.loads(asked.body)["requests"]
            assert 1 <= len(asked_for) <= 5
            return self.say({"reports": [self._report(one) for one in asked_for]})
        return self.page(404)

    def _report(self, request: Json) -> Json:
        names = [one["name"] for one in request.get("dimensions", [])]
        metrics = [one["name"] for one in request["metrics"]]
        day = request["dateRanges"][0]["startDate"]
        kept = self.purchases if "transactionId" in names else self.sessions
        rows = kept.get(day, []) if names else []
        offset, limit = int(request.get("offset", 0)), int(request.get("limit", 10_000))
        shown = [
            {
                "dimensionValues": [{"value": row.get(name, "(not set)")} for name in names],
                "metricValues": [{"value": row.get(name, "0")} for name in metrics],
            }
            for row in rows
        ][offset : offset + limit]
        self.used += 1
        return {
            "dimensionHeaders": [{"name": name} for name in names],
            "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in metrics],
            **({"rows": shown} if shown else {}),
            **({"rowCount": len(rows)} if rows else {}),
            "metadata": {
                "currencyCode": self.currency,
                "timeZone": self.zone,
                **(self.flags.get(day, {}) if offset else {}),
            },
            "propertyQuota": {"tokensPerDay": {"consumed": 1, "remaining": 200_000 - self.used}},
            "kind": "analyticsData#runReport",
        }


@contextmanager
def serving_property(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Property]:
    """A property that answers, without a warehouse; its history begins four days ago."""
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    monkeypatch.setattr(settings, "BUSY_SECONDS", 0.01)
    found = Property()
    with serving(found) as url:
        found.url = url
        found.configured = Configured(monkeypatch, tmp_path, "ga4", url)
        found.configured.account(property_id=ID, base_url=url, since=date(2026, 11, 18).isoformat())
        found.configured.as_service_account()
        yield found
