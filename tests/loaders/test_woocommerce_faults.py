"""What a web shop can do to a load: each cause has its own error, which names the account and the remedy."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import (
    LoaderError,
    MalformedAnswer,
    MissingScope,
    NoNetwork,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    WrongToken,
)
from loaders.woocommerce import client as woo_client
from loaders.woocommerce.refusals import SiteDown
from tests.loaders.linden import Linden

ALL = {"settings", "orders", "products", "customers", "coupons", "taxes", "revenue_reports"}


def refused(linden: Linden, kind: type[LoaderError], says: str, *resources: str) -> LoaderError:
    """The load fails in this way, says so with the remedy, and tells no secret."""
    with pytest.raises(LoaderError, match=says) as caught:
        linden.load(*resources)
    error = caught.value
    cause = error.report.errors[0] if isinstance(error, LoadFailed) else error
    assert isinstance(cause, kind), repr(cause)
    assert "woocommerce/linden" in str(error)
    assert len(cause.remedy) > 10
    assert linden.key not in str(error) and linden.secret not in str(error)
    return cause


@pytest.fixture
def over_https(linden: Linden, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the shop were reached over https: the key travels in the header."""
    monkeypatch.setattr(woo_client, "_mode", lambda _: "header")
    linden.configure(https=True)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("KEY", f"ck_{'0' * 40}", "Consumer key is invalid"),
        ("SECRET", f"cs_{'0' * 40}", "Invalid signature"),
    ],
)
def test_wrong_key_or_secret_on_plain_http(
    linden: Linden, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"WOOCOMMERCE_LINDEN_{name}", value)
    error = refused(linden, WrongToken, says, "orders")
    assert f"WOOCOMMERCE_LINDEN_{name}" in error.remedy
    assert value not in str(error)


@pytest.mark.usefixtures("over_https")
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("KEY", f"ck_{'0' * 40}", "does not know the key in WOOCOMMERCE_LINDEN_KEY"),
        ("SECRET", f"cs_{'0' * 40}", "Consumer secret is invalid"),
    ],
)
def test_wrong_key_or_secret_over_https(
    linden: Linden, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"WOOCOMMERCE_LINDEN_{name}", value)
    refused(linden, WrongToken, says, "orders")


def test_a_missing_secret_says_what_to_set(linden: Linden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WOOCOMMERCE_LINDEN_SECRET")
    with pytest.raises(LoaderError, match="its secret is not set: WOOCOMMERCE_LINDEN_SECRET is empty"):
        linden.load("orders")


@pytest.mark.usefixtures("over_https")
def test_a_host_that_drops_the_header_gets_the_key_in_the_query(
    linden: Linden, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    linden.configure(strips_authorization=True)
    report = linden.load("orders")
    assert report.resources["orders"].rows == len(linden.orders)
    assert [one for one in report.warnings if "drops the Authorization header" in one]
    assert linden.key not in caplog.text and linden.secret not in caplog.text


@pytest.mark.usefixtures("over_https")
def test_a_shop_that_ignores_the_key_over_plain_http_says_that_it_needs_https(linden: Linden) -> None:
    linden.configure(https=False)
    assert "reached by https" in refused(linden, WrongToken, "does not know the key", "orders").remedy


def test_a_key_that_may_not_read(linden: Linden) -> None:
    linden.configure(permissions="write")
    assert "permission Read" in refused(linden, WrongToken, "read permissions", "orders").remedy


def test_a_user_without_capability_stops_what_needs_it_and_nothing_else(linden: Linden) -> None:
    linden.configure(capability=False)
    error = refused(linden, MissingScope, "may not read wc/v3/")
    assert "Shop manager" in error.remedy
    with pytest.raises(LoadFailed) as caught:
        linden.load(full=True)
    resources = caught.value.report.resources
    assert {name for name, one in resources.items() if one.error} == {"orders", "products", "customers"}
    assert resources["coupons"].skipped
    assert linden.rows("settings") == 1
    assert linden.rows("revenue_reports") == 0  # the first day is the first order's


def test_without_the_right_to_reports_they_are_skipped_visibly(linden: Linden) -> None:
    linden.configure(can_view_reports=False)
    report = linden.load("revenue_reports")
    assert "may not read wc-analytics/reports/revenue/stats" in str(
        report.resources["revenue_reports"].skipped
    )
    assert any("revenue_reports skipped" in one for one in report.warnings)


def test_plain_permalinks_are_found_out(linden: Linden) -> None:
    linden.configure(permalinks="plain")
    assert linden.load("orders").resources["orders"].rows == len(linden.orders)
    linden.account(rest_route=True)
    assert linden.load().resources.keys() == ALL


def test_an_address_without_a_shop(linden: Linden) -> None:
    linden.account(url=f"{linden.here.url}/woocommerce/nobody")
    assert "[woocommerce.linden]" in refused(linden, UnknownShop, "no WooCommerce API at", "orders").remedy


@pytest.mark.parametrize("url", ["linden.example", "ftp://linden.example", "https://a:b@linden.example", ""])
def test_an_address_that_is_none(linden: Linden, url: str) -> None:
    linden.account(url=url)
    with pytest.raises(LoaderError, match="url"):
        linden.load("orders")


@pytest.mark.parametrize("concurrency", [0, 99, "many"])
def test_a_concurrency_that_is_none(linden: Linden, concurrency: Any) -> None:
    linden.account(concurrency=concurrency)
    with pytest.raises(LoaderError, match="from 1 to 16"):
        linden.load("orders")


def test_notices_before_the_json_are_left_out_and_said_once(linden: Linden) -> None:
    linden.load()
    linden.configure(prints_notices=True)
    report = linden.load(full=True)
    assert report.rows == 0
    (warning,) = report.warnings
    assert "Notice: Function _load_textdomain_just_in_time was called" in warning


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("maintenance", {}),
        ("too_many_requests", {"retry_after": "0"}),
        ("php_fatal", {}),
        ("php_fatal", {"html": True}),
        ("html_error", {"status": 403}),
        ("html_error", {"status": 508}),
        ("html_error", {"status": 522}),
        ("html_error", {"status": 200}),
        ("truncated_json", {}),
        ("dropped_connection", {}),
    ],
)
def test_passing_trouble_is_tried_again(linden: Linden, kind: str, options: dict[str, Any]) -> None:
    linden.fault(kind, times=2, route="orders", **options)
    assert linden.load("orders").resources["orders"].rows == len(linden.orders)


@pytest.mark.parametrize(
    ("kind", "options", "error", "says"),
    [
        ("maintenance", {}, SiteDown, "Briefly unavailable for scheduled maintenance"),
        ("too_many_requests", {"retry_after": "0"}, ThrottledTooLong, "still limits us"),
        ("php_fatal", {}, VendorTrouble, "critical error on this website"),
        ("php_fatal", {"html": True}, VendorTrouble, "critical error on this website"),
        ("html_error", {"status": 403}, VendorTrouble, "in front of the shop blocks wc/v3/orders"),
        ("html_error", {"status": 508}, SiteDown, "does not let us through"),
        ("html_error", {"status": 200}, MalformedAnswer, "a web page"),
        ("truncated_json", {}, MalformedAnswer, "no JSON"),
        ("dropped_connection", {}, NoNetwork, "dropped in mid-answer"),
    ],
)
def test_lasting_trouble_is_an_error_and_the_next_run_repairs_it(
    linden: Linden, kind: str, options: dict[str, Any], error: type[LoaderError], says: str
) -> None:
    linden.fault(kind, times=None, route="orders", **options)
    refused(linden, error, says, "orders", "taxes")
    linden.here.sandbox.faults.clear()
    linden.load("orders", "taxes")
    assert set(linden.documents("orders")) == {str(one) for one in linden.orders}


def test_a_key_that_is_withdrawn_in_mid_run_is_said_once(linden: Linden) -> None:
    linden.fault("revoked_token", times=None, route="orders")
    process = linden.command("woocommerce")
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 1, output
    assert errors.count("remedy:") == 1
    assert linden.key not in output + errors
