"""Accounts: one file without secrets, secrets from the environment, the public face."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from loaders import common, ecb, ga4, google_ads, shopify, woocommerce
from loaders.common import Account, Resource, accounts, load
from loaders.common.accounts import account
from loaders.common.errors import AccountMisconfigured
from loaders.common.windows import as_moment
from warehouse import ROOT, get_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(path))
    get_settings.cache_clear()
    return path


def test_any_number_of_shops_in_the_order_of_the_file(file: Path) -> None:
    file.write_text(
        '[shopify.b]\nshop = "b.myshopify.com"\n[shopify.a]\nshop = "a.myshopify.com"\n[other.c]\n'
    )
    assert [one.name for one in accounts("shopify")] == ["b", "a"]
    assert [one.token_env for one in accounts("shopify")] == ["SHOPIFY_B_TOKEN", "SHOPIFY_A_TOKEN"]
    assert accounts("woocommerce") == []


def test_no_file_means_no_accounts(file: Path) -> None:
    assert accounts("shopify") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[shopify.a", "not TOML"),
        ("shopify = 3", "no table"),
        ('[shopify."A B"]\nshop = "x"', "not usable"),
        ("[shopify]\na = 1", "not usable"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(AccountMisconfigured, match=says) as caught:
        accounts("shopify")
    assert "Remedy" in str(caught.value)


def test_an_account_without_shop_or_token_says_what_to_set(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[shopify.a]\ntoken_env = "MY_TOKEN"\n')
    one = account("shopify", "a")
    with pytest.raises(AccountMisconfigured, match=r"\[shopify\.a\]"):
        one.option("shop")
    monkeypatch.delenv("MY_TOKEN", raising=False)
    with pytest.raises(AccountMisconfigured, match="Set MY_TOKEN"):
        one.secret()
    monkeypatch.setenv("MY_TOKEN", " shpat_x\n")
    assert one.secret() == "shpat_x"
    monkeypatch.setenv("MY_TOKEN", "shpat_\tx")
    with pytest.raises(AccountMisconfigured, match="no token has") as caught:
        one.secret()
    assert "shpat_" not in str(caught.value)


def test_an_account_may_have_several_secrets(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Account("woocommerce", "linden", {"secret_env": "THEIR_SECRET"})
    monkeypatch.setenv("WOOCOMMERCE_LINDEN_KEY", "ck_1")
    monkeypatch.delenv("THEIR_SECRET", raising=False)
    assert one.secret("key") == "ck_1"
    with pytest.raises(AccountMisconfigured, match="its secret is not set: THEIR_SECRET is empty"):
        one.secret("secret")
    monkeypatch.setenv("THEIR_SECRET", "cs_1")
    assert one.secret("secret") == "cs_1"


def test_a_platform_may_have_an_account_by_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shopify, "DEFAULT_ACCOUNTS", {"reference": {"a": 1}}, raising=False)
    assert accounts("shopify") == [Account("shopify", "reference", {"a": 1})]
    file.write_text("[other.c]\n")
    assert account("shopify", "reference").options == {"a": 1}
    file.write_text("[shopify.mine]\n")
    assert [one.name for one in accounts("shopify")] == ["mine"]


@pytest.mark.parametrize("window", [{}, {"since": "2026-10-01"}, {"until": "2026-10-01"}])
def test_what_is_read_on_demand_is_asked_for_by_day(
    file: Path, monkeypatch: pytest.MonkeyPatch, window: dict[str, str]
) -> None:
    file.write_text('[shopify.a]\nshop = "a.myshopify.com"\n')
    asked = Resource("day_books", "books", "days", on_demand=True)
    monkeypatch.setattr(shopify, "RESOURCES", (*shopify.RESOURCES, asked))
    with pytest.raises(AccountMisconfigured, match="day_books is read for given days only"):
        load("shopify", "a", resources=["orders", "day_books"], **window)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("platform", "name", "says"),
    [
        ("shopify", "nobody", "known: a"),
        ("amazon", "a", "no such platform"),
        ("common", "a", "no such platform"),
    ],
)
def test_what_does_not_exist_is_named(file: Path, platform: str, name: str, says: str) -> None:
    file.write_text('[shopify.a]\nshop = "a.myshopify.com"\n')
    with pytest.raises(AccountMisconfigured, match=says):
        load(platform, name)


def test_an_unknown_resource_is_named(file: Path) -> None:
    file.write_text('[shopify.a]\nshop = "a.myshopify.com"\n')
    with pytest.raises(AccountMisconfigured, match="no resource carts"):
        load("shopify", "a", resources=["carts"])


@pytest.mark.parametrize(
    ("window", "says"),
    [
        ({"since": "tomorrow"}, "cannot be read"),
        ({"until": "2026-13-01"}, "cannot be read"),
        ({"since": "2026-10-02", "until": "2026-10-01"}, "ends before it begins"),
    ],
)
def test_a_window_that_is_none_is_said(file: Path, window: dict[str, str], says: str) -> None:
    file.write_text('[shopify.a]\nshop = "a.myshopify.com"\n')
    with pytest.raises(AccountMisconfigured, match=says):
        load("shopify", "a", **window)  # type: ignore[arg-type]


def test_the_public_face_is_what_it_says() -> None:
    assert all(hasattr(common, name) for name in common.__all__)
    for platform in (shopify, woocommerce, ecb, ga4, google_ads):
        assert all(hasattr(platform, name) for name in platform.__all__)
        read = [one.name for one in platform.RESOURCES if not one.on_demand]
        assert read == list(platform.EXPECTATIONS)


def test_importing_needs_no_secret_no_file_and_no_network() -> None:
    code = (
        "import socket; socket.socket.connect = None; socket.getaddrinfo = None; "
        "import loaders.shopify, loaders.woocommerce, loaders.ecb, loaders.__main__; "
        "import loaders.ga4, loaders.google_ads"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_load_tells_nobody_that_it_is_run() -> None:
    code = (
        "from dlt.common.runtime import anon_tracker\n"
        "from loaders.common.pipeline import open_pipeline\n"
        "from warehouse import get_settings\n"
        "open_pipeline('shopify', 'kiwi', settings=get_settings())\n"
        "assert anon_tracker._ANON_TRACKER_ENDPOINT is anon_tracker._THREAD_POOL is None"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_dates_of_the_command_line_are_days_in_utc() -> None:
    assert as_moment("2026-10-01") == datetime(2026, 10, 1, tzinfo=UTC)
    assert as_moment(date(2026, 10, 1), end=True) == datetime(2026, 10, 1, 23, 59, 59, tzinfo=UTC)
    assert as_moment("2026-10-01T10:00:00+02:00") == datetime(2026, 10, 1, 8, tzinfo=UTC)
    assert as_moment(None) is None
