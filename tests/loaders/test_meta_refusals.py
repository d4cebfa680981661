"""Meta's refusals: each cause by its code, with the account and the remedy, and never with a token."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

import pytest

from loaders.common import LoaderError
from loaders.common.errors import (
    AccountMisconfigured,
    MissingScope,
    NoNetwork,
    QueryRejected,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    VersionExpired,
    VersionFellForward,
    WrongToken,
)
from tests.loaders.meta import Meta
from tests.loaders.scripted import Answer
from tests.loaders.scripted_graph import NODE, TOKEN, error

SECRET = "f00d" * 8
BUSINESS = "x-business-use-case-usage"
LONG = ('{"since":"2026-10-01","until":"2026-10-30"}',)


def usage(minutes: int, percent: int = 100) -> dict[str, str]:
    entry = {"type": "ads_insights", "call_count": percent, "total_cputime": 1, "total_time": 2}
    entry |= {"estimated_time_to_regain_access": minutes, "ads_api_access_tier": "standard_access"}
    return {BUSINESS: json.dumps({NODE[4:]: [entry]})}


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (error(190, 463), WrongToken, "it has expired.*of a system user"),
        (error(190, 460), WrongToken, "changed the password"),
        (error(190, 458), WrongToken, "removed the app.*Let the app in again"),
        (error(190, 459), WrongToken, "Log in to Facebook"),
        (error(190, 467), WrongToken, "no valid token"),
        (error(190, status=401), WrongToken, "META_ADS_HARBOUR_TOKEN"),
        (error(190, 463, status=200), WrongToken, "expired"),
        (error(104, message="An access token is required"), WrongToken, "Authorization header"),
        (error(100, message="Invalid appsecret_proof provided"), WrongToken, "META_ADS_HARBOUR_APP_SECRET"),
        (error(104, message="Incorrect signature"), WrongToken, "META_ADS_HARBOUR_APP_SECRET"),
        (error(100, message="(#100) Missing permissions"), MissingScope, "Grant ads_read"),
        (error(200, status=403), MissingScope, "Grant ads_read"),
        (error(10, status=403), MissingScope, "Grant ads_read"),
        (error(100, 33), UnknownShop, "assign the ad account"),
        (error(2635), VersionExpired, r"v26\.0.*Update Countinghouse"),
        (error(3018), QueryRejected, "last 37 months"),
        (error(100, message="(#100) spent is not valid for fields param"), QueryRejected, "spent is not"),
        (error(2, 1504041, is_transient=False), QueryRejected, "please report it"),
        (error(2, is_transient=True), VendorTrouble, r"metastatus\.com"),
        (error(1, 99, status=500), VendorTrouble, "code 1/99"),
        (error(7777, status=500), VendorTrouble, "code 7777"),
        ((404, {"Content-Type": "text/html"}, b"<html>no</html>"), UnknownShop, "`base_url`"),
        ((503, {"Content-Type": "text/html"}, b"<html>no</html>"), VendorTrouble, "text/html"),
        ((502, {}, b""), VendorTrouble, "HTTP 502"),
    ],
)
def test_every_cause_names_account_and_remedy(
    meta_alone: Meta, answer: Answer, kind: type[LoaderError], says: str
) -> None:
    meta_alone.graph.between = lambda _: answer
    with pytest.raises(kind, match=says) as caught:
        meta_alone.client().probe()
    assert "meta_ads/harbour: " in str(caught.value) and "Remedy: " in str(caught.value)


@pytest.mark.parametrize("answer", [error(2, status=503), error(1, 99, status=500), (200, {}, b"<html>")])
def test_passing_trouble_is_tried_again(meta_alone: Meta, answer: Answer) -> None:
    troubles = iter([answer, answer])
    meta_alone.graph.between = lambda _: next(troubles, None)
    assert meta_alone.client().probe().body["id"] == NODE
    assert len(meta_alone.graph.asked) == 3


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80000, 80004])
def test_a_limit_is_http_400_and_is_waited_out_in_the_vendors_minutes(meta_alone: Meta, code: int) -> None:
    limits = iter([error(code, 2446079, headers=usage(7), is_transient=True), error(code, status=403)])
    meta_alone.graph.between = lambda _: next(limits, None)
    assert meta_alone.client().probe().body["id"] == NODE
    told, untold = meta_alone.slept
    assert told == pytest.approx(7 * 60, abs=5)
    assert 30 <= untold <= 7 * 60


def test_a_limit_that_outlasts_our_patience_says_how_long(meta_alone: Meta) -> None:
    meta_alone.graph.between = lambda _: error(80000, headers=usage(90))
    with pytest.raises(ThrottledTooLong, match="90 more minutes"):
        meta_alone.client().probe()
    assert len(meta_alone.graph.asked) == 1 and meta_alone.slept == []


def test_the_last_tenth_of_a_limit_is_left_to_others(meta_alone: Meta) -> None:
    client = meta_alone.client()
    meta_alone.graph.headers = usage(0, percent=93)
    client.probe()
    assert meta_alone.slept == []
    meta_alone.graph.headers = {"x-fb-ads-insights-throttle": json.dumps({"acc_id_util_pct": 42.5})}
    client.probe()
    assert meta_alone.slept == [pytest.approx(60, abs=5)]


def test_another_version_than_the_pinned_one_lands_nothing(meta_alone: Meta) -> None:
    meta_alone.graph.headers = {"facebook-api-version": "v27.0"}
    with pytest.raises(VersionFellForward, match=r"v27\.0 instead of v26\.0"):
        meta_alone.client().probe()


def test_the_apps_secret_proves_each_request(meta_alone: Meta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("META_ADS_HARBOUR_APP_SECRET", SECRET)
    meta_alone.read("2026-10-01", "2026-11-22")
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    assert {one.query.get("appsecret_proof") for one in meta_alone.graph.asked} == {proof}
    assert not any("access_token" in one.query for one in meta_alone.graph.asked)


def test_no_secret_is_in_logs_and_errors(
    meta_alone: Meta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("META_ADS_HARBOUR_APP_SECRET", SECRET)
    caplog.set_level(logging.DEBUG)
    meta_alone.graph.edges["ads"] = [{"id": str(number)} for number in range(3)]
    client = meta_alone.client()
    list(client.pages(f"{NODE}/ads", {}, size=1))
    assert len(meta_alone.graph.asked) == 3
    echoed = iter([error(2, status=503, message=f"failed for {TOKEN}")] * 3)
    meta_alone.graph.between = lambda _: next(echoed, None)
    with pytest.raises(VendorTrouble) as caught:
        client.probe()
    told = caplog.text + str(caught.value)
    proof = str(client.proof)
    assert "failed for ***" in told
    assert not any(one in told for one in (TOKEN, SECRET, proof)) and TOKEN not in repr(client)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"account_id": "harbour"}, "`account_id`"),
        ({"account_id": ""}, "`account_id` is missing"),
        ({"base_url": "graph.facebook.com"}, "`base_url`"),
    ],
)
def test_an_account_that_is_described_wrongly(meta_alone: Meta, options: dict[str, str], says: str) -> None:
    meta_alone.configure(**options)
    with pytest.raises(AccountMisconfigured, match=says):
        meta_alone.client()


def test_a_report_that_would_be_too_much_is_asked_for_in_halves(meta_alone: Meta) -> None:
    meta_alone.graph.between = lambda asked: (
        error(100, 1487534) if asked.method == "POST" and asked.query["time_range"] in LONG else None
    )
    assert len(meta_alone.read("2026-10-01", "2026-11-22")) == 53
    assert len(meta_alone.graph.runs) == 3


def test_the_id_is_understood_with_and_without_its_prefix(meta_alone: Meta) -> None:
    meta_alone.configure(account_id=NODE[4:])
    assert meta_alone.client().probe().body["id"] == NODE


def test_a_vendor_that_is_not_there(meta_alone: Meta) -> None:
    meta_alone.configure(base_url="http://127.0.0.1:1")
    with pytest.raises(NoNetwork, match="meta_ads/harbour"):
        meta_alone.client().probe()
