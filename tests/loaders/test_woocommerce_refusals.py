"""What a web shop refuses, and its troubles: each cause has its own error, with the remedy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loaders.common.accounts import account
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    MalformedAnswer,
    NoNetwork,
    StillLimited,
    UnknownShop,
    VendorTrouble,
    WrongToken,
)
from loaders.common.windows import Window
from loaders.woocommerce import client as woo_client
from loaders.woocommerce.client import Client
from loaders.woocommerce.documents import number
from loaders.woocommerce.order_loading import LISTS
from loaders.woocommerce.refusals import SiteDown
from loaders.woocommerce.walking import Walk
from tests.loaders.linden import Linden
from tests.loaders.linden import linden as practice_web_shop


@pytest.fixture
def linden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Linden]:
    """The practice web shop; no question here reaches a warehouse."""
    with practice_web_shop(monkeypatch, tmp_path, orders=60) as found:
        yield found


def listed(warnings: list[str] | None = None) -> set[int]:
    """The orders that the account's shop lists, those in the trash too."""
    said = [] if warnings is None else warnings
    client = Client.of(account("woocommerce", "linden"), warn=said.append)
    try:
        site = client.probe()
        walks = [Walk(client, site, one).rows(Window()) for one in LISTS]
        return {number(row) for walk in walks for row, _ in walk}
    finally:
        client.close()


def refused(linden: Linden, kind: type[LoaderError], says: str) -> LoaderError:
    """Listing fails in this way, says so with the remedy, and tells no secret."""
    with pytest.raises(kind, match=says) as caught:
        listed()
    error = caught.value
    assert "woocommerce/linden" in str(error)
    assert len(error.remedy) > 10
    assert linden.key not in str(error) and linden.secret not in str(error)
    return error


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
    error = refused(linden, WrongToken, says)
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
    refused(linden, WrongToken, says)


def test_a_missing_secret_says_what_to_set(linden: Linden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WOOCOMMERCE_LINDEN_SECRET")
    refused(linden, AccountMisconfigured, "its secret is not set: WOOCOMMERCE_LINDEN_SECRET is empty")


@pytest.mark.usefixtures("over_https")
def test_a_host_that_drops_the_header_gets_the_key_in_the_query(
    linden: Linden, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    linden.configure(strips_authorization=True)
    warnings: list[str] = []
    assert listed(warnings) == set(linden.orders)
    assert [one for one in warnings if "drops the Authorization header" in one]
    assert linden.key not in caplog.text and linden.secret not in caplog.text


@pytest.mark.usefixtures("over_https")
def test_a_shop_that_ignores_the_key_over_plain_http_says_that_it_needs_https(linden: Linden) -> None:
    linden.configure(https=False)
    assert "reached by https" in refused(linden, WrongToken, "does not know the key").remedy


def test_a_key_that_may_not_read(linden: Linden) -> None:
    linden.configure(permissions="write")
    assert "permission Read" in refused(linden, WrongToken, "read permissions").remedy


def test_an_address_without_a_shop(linden: Linden) -> None:
    linden.account(url=f"{linden.here.url}/woocommerce/nobody")
    assert "[woocommerce.linden]" in refused(linden, UnknownShop, "no WooCommerce API at").remedy


@pytest.mark.parametrize("url", ["linden.example", "ftp://linden.example", "https://a:b@linden.example", ""])
def test_an_address_that_is_none(linden: Linden, url: str) -> None:
    linden.account(url=url)
    refused(linden, AccountMisconfigured, "url")


@pytest.mark.parametrize("concurrency", [0, 99, "many"])
def test_a_concurrency_that_is_none(linden: Linden, concurrency: Any) -> None:
    linden.account(concurrency=concurrency)
    refused(linden, AccountMisconfigured, "from 1 to 16")


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
    assert listed() == set(linden.orders)


@pytest.mark.parametrize(
    ("kind", "options", "error", "says"),
    [
        ("maintenance", {}, SiteDown, "Briefly unavailable for scheduled maintenance"),
        ("too_many_requests", {"retry_after": "0"}, StillLimited, "still limits us"),
        ("php_fatal", {}, VendorTrouble, "critical error on this website"),
        ("php_fatal", {"html": True}, VendorTrouble, "critical error on this website"),
        ("html_error", {"status": 403}, VendorTrouble, "in front of the shop blocks wc/v3/orders"),
        ("html_error", {"status": 508}, SiteDown, "does not let us through"),
        ("html_error", {"status": 200}, MalformedAnswer, "a web page"),
        ("truncated_json", {}, MalformedAnswer, "no JSON"),
        ("dropped_connection", {}, NoNetwork, "dropped in mid-answer"),
    ],
)
def test_lasting_trouble_is_an_error_of_its_own(
    linden: Linden, kind: str, options: dict[str, Any], error: type[LoaderError], says: str
) -> None:
    linden.fault(kind, times=None, route="orders", **options)
    refused(linden, error, says)
