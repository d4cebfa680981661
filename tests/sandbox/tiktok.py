"""The least that can talk to TikTok's stand-in: no retries, no paging, no opinion."""

from __future__ import annotations

import json
from typing import Any

import requests

from sandbox.running import Running
from tests.sandbox.ads_world import secrets

ALPINE, KIWI = "7100000000000000002", "7100000000000000003"
REPORT = "report/integrated/get/"
EVERY = [{"field_name": "ad_status", "filter_type": "IN", "filter_value": '["STATUS_ALL"]'}]


class TikTok:
    """One advertiser's token."""

    def __init__(self, here: Running, account: str, advertiser: str) -> None:
        self.base = f"{here.url}/tiktok_ads/open_api/v1.3"
        self.advertiser = advertiser
        self.headers = {"Access-Token": secrets(here, "tiktok_ads", account)["token"]}

    def ask(self, path: str, **sent: Any) -> requests.Response:
        """The raw answer; lists and objects go as JSON."""
        given = {
            name: json.dumps(value) if isinstance(value, list) else value for name, value in sent.items()
        }
        return requests.get(f"{self.base}/{path}", params=given, headers=self.headers, timeout=20)

    def body(self, path: str, **sent: Any) -> dict[str, Any]:
        """The envelope, which comes with status 200 whatever is in it."""
        answer = self.ask(path, **sent)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        assert set(body) == {"code", "message", "request_id", "data"}
        return body

    def report(self, **changed: Any) -> dict[str, Any]:
        """The envelope of a daily report by ad; None takes a parameter away."""
        sent = {
            "advertiser_id": self.advertiser,
            "report_type": "BASIC",
            "data_level": "AUCTION_AD",
            "dimensions": ["ad_id", "stat_time_day"],
            "metrics": ["spend", "impressions", "clicks", "complete_payment"],
            "start_date": "2026-11-01",
            "end_date": "2026-11-22",
            "page_size": 1000,
            **changed,
        }
        return self.body(REPORT, **{name: value for name, value in sent.items() if value is not None})

    def rows(self, **changed: Any) -> list[dict[str, Any]]:
        """The rows of a report that has to be one."""
        body = self.report(**changed)
        assert body["code"] == 0, body
        rows: list[dict[str, Any]] = body["data"]["list"]
        return rows
