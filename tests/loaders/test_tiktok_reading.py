"""How TikTok is asked, and what its refusals mean, which all come as HTTP 200."""

from __future__ import annotations

import json
import logging
import time
from datetime import date
from typing import Any

import pytest

from loaders.common import LoaderError
from loaders.common.days import Days
from loaders.common.errors import (
    AccountMisconfigured,
    MalformedAnswer,
    MissingScope,
    QueryRejected,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    VersionExpired,
    WrongToken,
)
from loaders.tiktok_ads import settings
from loaders.tiktok_ads.reports import Reports
from tests.loaders.scripted import Answer
from tests.loaders.tiktok import ID, TOKEN, TikTok, refusal, row

DAY = date(2026, 11, 22)
ONE = {"total_page": 1, "total_number": 1}


def test_windows_of_thirty_days_side_by_side_and_no_faster_than_allowed(tiktok_alone: TikTok) -> None:
    tiktok_alone.latency = 0.1
    found = tiktok_alone.read("2026-06-01", "2026-11-22")
    assert len(found) == 175 and set(map(tuple, found.values())) == {("1", "2")}
    assert len(tiktok_alone.spans()) == 6
    assert 2 <= tiktok_alone.most_busy <= settings.CONCURRENCY
    assert sum(tiktok_alone.slept) >= 5 / settings.REQUESTS_PER_SECOND


def test_no_more_windows_are_held_than_are_under_way(tiktok_alone: TikTok) -> None:
    days = Reports(tiktok_alone.client()).days(Days(date(2025, 11, 1), DAY))
    next(days)
    time.sleep(0.3)
    assert len(tiktok_alone.spans()) <= settings.CONCURRENCY + 1
    assert len(list(days)) == 386


def test_what_is_asked_for(tiktok_alone: TikTok) -> None:
    tiktok_alone.read("2026-11-21", "2026-11-22")
    (asked,) = tiktok_alone.asked
    query = asked.query
    assert asked.path.endswith("/open_api/v1.3/report/integrated/get/")
    assert (query["data_level"], query["report_type"]) == ("AUCTION_AD", "BASIC")
    assert json.loads(query["dimensions"]) == ["ad_id", "stat_time_day"]
    assert {"currency", "campaign_id", "total_complete_payment_rate"} <= set(json.loads(query["metrics"]))
    (filtering,) = json.loads(query["filtering"])
    assert (filtering["field_name"], json.loads(filtering["filter_value"])) == ("ad_status", ["STATUS_ALL"])
    assert (query["start_date"], query["end_date"]) == ("2026-11-21", "2026-11-22")


def test_every_page_is_read(tiktok_alone: TikTok) -> None:
    ads = [f"{number:04}" for number in range(2500)]
    tiktok_alone.figures = lambda day: [row(day, ad) for ad in ads]
    assert tiktok_alone.read("2026-11-22", "2026-11-22") == {DAY: ads}
    assert [one.query["page"] for one in tiktok_alone.asked] == ["1", "2", "3"]


def test_a_report_that_changes_while_it_is_read_is_read_again(tiktok_alone: TikTok) -> None:
    def figures(day: date) -> list[dict[str, Any]]:
        # a row fewer at the second page: the first row of that page is now on the page before it
        return [row(day, f"{number:04}") for number in range(len(tiktok_alone.asked) == 2, 1500)]

    tiktok_alone.figures = figures
    assert len(tiktok_alone.read("2026-11-22", "2026-11-22")[DAY]) == 1500
    assert [one.query["page"] for one in tiktok_alone.asked] == ["1", "2", "1", "2"]
    tiktok_alone.between = lambda _: tiktok_alone.say({"list": [], "page_info": ONE})
    with pytest.raises(VendorTrouble, match="keeps changing"):
        tiktok_alone.read("2026-11-22", "2026-11-22")


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (refusal(40105), WrongToken, "revoked.*TIKTOK_ADS_KIWI_TOKEN"),
        (refusal(40104), WrongToken, "did not arrive"),
        (refusal(40102), WrongToken, "expired"),
        (refusal(40106), WrongToken, "for other advertisers"),
        (refusal(40119), WrongToken, "for other advertisers"),
        (refusal(40001), MissingScope, "Reporting"),
        (refusal(40125), MissingScope, "Reporting"),
        (refusal(40002, "No permission to operate advertiser 71"), MissingScope, "Reporting"),
        (refusal(40002, "Permission denied."), MissingScope, "TIKTOK_ADS_KIWI_TOKEN"),
        (refusal(40300), UnknownShop, "`advertiser_id`"),
        (refusal(40051), VersionExpired, r"v1\.3"),
        (refusal(40002, "Invalid metric fields: ['x']"), QueryRejected, r"Invalid metric fields: \['x'\]"),
        (refusal(50000), VendorTrouble, "code 50000"),
        (refusal(51305), VendorTrouble, "load again later"),
        (refusal(60001), VendorTrouble, "load again later"),
        (refusal(20001), VendorTrouble, "code 20001"),
        ((404, {"Content-Type": "text/html"}, b"<html>"), UnknownShop, "`base_url`"),
        ((503, {"Content-Type": "text/html"}, b"<html>"), VendorTrouble, "HTTP 503"),
        ((200, {}, b"<html>"), MalformedAnswer, "6 bytes"),
    ],
)
def test_every_cause_names_account_and_remedy(
    tiktok_alone: TikTok, answer: Answer, kind: type[LoaderError], says: str
) -> None:
    tiktok_alone.between = lambda _: answer
    with pytest.raises(kind, match=says) as caught:
        tiktok_alone.client().probe()
    assert "tiktok_ads/kiwi: " in str(caught.value) and "Remedy: " in str(caught.value)


@pytest.mark.parametrize("code", [40100, 40016, 40133, 50000, 50002, 40700])
def test_limits_and_failures_are_waited_out(tiktok_alone: TikTok, code: int) -> None:
    troubles = iter([refusal(code), refusal(code)])
    tiktok_alone.between = lambda _: next(troubles, None)
    assert tiktok_alone.client().probe().data["advertiser_id"] == ID
    if code < 40200:
        # longer each time, in seconds; the short waits in between keep the pace
        assert max(tiktok_alone.slept) >= 1 and tiktok_alone.slept == sorted(tiktok_alone.slept)


def test_a_limit_that_outlasts_our_patience(tiktok_alone: TikTok) -> None:
    tiktok_alone.between = lambda _: refusal(40100, "Too many requests")
    with pytest.raises(ThrottledTooLong, match=r"20 minutes.*midnight UTC"):
        tiktok_alone.client().probe()
    assert 600 <= sum(tiktok_alone.slept) <= 2 * settings.THROTTLE_PATIENCE_SECONDS


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        ({"list": []}, UnknownShop, "no such advertiser"),
        ({"list": [{"advertiser_id": "5", "currency": "NZD"}]}, UnknownShop, "no such advertiser"),
        ({"list": [{"advertiser_id": ID, "currency": "NZD"}]}, MalformedAnswer, "no time zone"),
        ({"list": None}, MalformedAnswer, "description is missing"),
        (None, MalformedAnswer, "without data"),
    ],
)
def test_an_advertiser_that_is_not_described(
    tiktok_alone: TikTok, data: Any, kind: type[LoaderError], says: str
) -> None:
    tiktok_alone.between = lambda _: tiktok_alone.say(data)
    with pytest.raises(kind, match=says):
        tiktok_alone.client().probe()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            {"list": [row(date(2026, 11, 23), "1")], "page_info": {"total_page": 1, "total_number": 1}},
            "other days",
        ),
        ({"list": []}, "how many pages"),
        ({"page_info": {"total_page": 1, "total_number": 0}}, "no list of objects"),
    ],
)
def test_a_report_of_another_shape_lands_nothing(tiktok_alone: TikTok, data: Any, says: str) -> None:
    tiktok_alone.between = lambda _: tiktok_alone.say(data)
    with pytest.raises(MalformedAnswer, match=says):
        tiktok_alone.read("2026-11-22", "2026-11-22")


def test_no_token_is_in_logs_and_errors(tiktok_alone: TikTok, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    tiktok_alone.between = lambda _: refusal(50000, f"failed for {TOKEN}")
    with pytest.raises(VendorTrouble) as caught:
        tiktok_alone.client().probe()
    told = caplog.text + str(caught.value)
    assert "failed for ***" in told and TOKEN not in told


@pytest.mark.parametrize(
    "options", [{"advertiser_id": "kiwi"}, {}, {"advertiser_id": ID, "base_url": "business-api.tiktok.com"}]
)
def test_an_account_that_is_described_wrongly(tiktok_alone: TikTok, options: dict[str, str]) -> None:
    tiktok_alone.configure(**options)
    with pytest.raises(AccountMisconfigured, match=r"tiktok_ads/kiwi.*accounts file"):
        tiktok_alone.client()
