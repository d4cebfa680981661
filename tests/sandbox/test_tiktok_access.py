"""Who may ask TikTok's stand-in, how often, and how it refuses: behind status 200."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.running import Running
from sandbox.tiktok_ads.access import APP_ID, APP_SECRET
from tests.sandbox.ads_world import BROAD, YESTERDAY, FixedMarketing, advertising, control, delivery, tidied
from tests.sandbox.tiktok import ALPINE, KIWI, REPORT, TikTok


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    marketing = FixedMarketing({("tiktok_ads", "alpine", YESTERDAY): [delivery(BROAD)]})
    with advertising(marketing) as running:
        yield running


@pytest.fixture
def here(shared: Running) -> Iterator[Running]:
    yield from tidied(shared)


@pytest.fixture
def tiktok(here: Running) -> TikTok:
    return TikTok(here, "alpine", ALPINE)


def fault(here: Running, kind: str, **options: Any) -> None:
    control(here, "faults", kind=kind, platform="tiktok_ads", store="alpine", **options)


def test_tokens_are_refused_behind_status_200(tiktok: TikTok) -> None:
    answer = requests.get(f"{tiktok.base}/{REPORT}", timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (200, 40104)
    assert answer.json()["message"].startswith("Access token is null, you should set it in http header")
    tiktok.headers = {"Access-Token": "wrong"}
    assert tiktok.report()["code"] == 40105
    tiktok.headers = {"Authorization": "Bearer wrong"}
    assert tiktok.report()["code"] == 40104


@pytest.mark.parametrize("code", [40102, 40106, None])
def test_tokens_end(here: Running, tiktok: TikTok, code: int | None) -> None:
    fault(here, "revoked_token", code=code)
    body = tiktok.report()
    assert body["code"] == (code or 40105)
    assert body["data"] == {}


def test_a_token_sees_its_own_advertiser(here: Running, tiktok: TikTok) -> None:
    refused = tiktok.report(advertiser_id=KIWI)
    assert (refused["code"], refused["message"]) == (40001, f"No permission to operate advertiser {KIWI}.")
    assert tiktok.body("advertiser/info/", advertiser_ids=[ALPINE, KIWI])["code"] == 40001
    fault(here, "missing_scope")
    assert tiktok.report()["code"] == 40001


def test_paths_end_in_a_slash(tiktok: TikTok) -> None:
    without = tiktok.ask(REPORT.rstrip("/"))
    assert (without.status_code, without.headers["content-type"][:9]) == (404, "text/html")
    assert tiktok.ask("campaign/mood/get/").status_code == 404
    older = requests.get(f"{tiktok.base[:-4]}v1.2/{REPORT}", headers=tiktok.headers, timeout=20)
    assert older.status_code == 404
    posted = requests.post(f"{tiktok.base}/{REPORT}", headers=tiktok.headers, timeout=20)
    assert posted.status_code == 405


def test_an_advertiser_is_described(here: Running, tiktok: TikTok) -> None:
    [info] = tiktok.body("advertiser/info/", advertiser_ids=[ALPINE])["data"]["list"]
    assert (info["advertiser_id"], info["name"], info["currency"]) == (ALPINE, "Alpine", "USD")
    assert (info["timezone"], info["display_timezone"]) == ("Etc/GMT+8", "America/Los_Angeles")
    kiwi = TikTok(here, "kiwi", KIWI)
    [some] = kiwi.body("advertiser/info/", advertiser_ids=[KIWI], fields=["timezone"])["data"]["list"]
    assert some == {"advertiser_id": KIWI, "timezone": "Etc/GMT-12"}
    wrong = tiktok.body("advertiser/info/", advertiser_ids=[ALPINE], fields=["mood"])
    assert wrong["code"] == 40002


def test_an_app_finds_its_advertisers(tiktok: TikTok) -> None:
    path = "oauth2/advertiser/get/"
    assert tiktok.body(path)["message"] == "Missing required field(s): app_id."
    assert tiktok.body(path, app_id=APP_ID, secret="wrong")["code"] == 40002
    found = tiktok.body(path, app_id=APP_ID, secret=APP_SECRET)["data"]["list"]
    assert found == [{"advertiser_id": ALPINE, "advertiser_name": "Alpine"}]


def test_ten_requests_a_second_are_taken(here: Running, tiktok: TikTok) -> None:
    codes = [tiktok.report()["code"] for _ in range(14)]
    assert codes[:10] == [0] * 10
    assert 40133 in codes[10:]
    control(here, "accounts/tiktok_ads/alpine", qps=0, qpm=2)
    bodies = [tiktok.report() for _ in range(3)]
    assert bodies[-1]["code"] == 40100
    assert bodies[-1]["message"].startswith("Due to too many requests, requests from App")


def test_throttles_and_failures_have_codes_alone(here: Running, tiktok: TikTok) -> None:
    fault(here, "throttled")
    answer = tiktok.ask(REPORT)
    assert answer.status_code == 200
    assert answer.json()["code"] == 40133
    assert f"Advertiser ({ALPINE})'s QPS (11) reaches QPS limit 10" in answer.json()["message"]
    assert "retry-after" not in answer.headers
    fault(here, "throttled", code=40016)
    assert tiktok.report()["code"] == 40016
    fault(here, "internal_error")
    assert tiktok.report()["code"] == 50000
    fault(here, "html_error", status=503, route="report/integrated/get", match="2026-11-01")
    assert tiktok.ask("advertiser/info/", advertiser_ids=[ALPINE]).status_code == 200
    assert tiktok.ask(REPORT, start_date="2026-11-01").status_code == 503
    assert tiktok.report()["code"] == 0
