"""What the controls tell and switch, account by account."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import requests

import sandbox
from sandbox.running import Running
from sandbox.state import MarketingPlatform

FOLDER = Path(sandbox.__file__).parent
PLATFORMS = ("ga4", "google_ads", "meta_ads", "tiktok_ads")


def control(practice: Running, path: str, method: str = "GET", **given: Any) -> requests.Response:
    return requests.request(method, f"{practice.url}/control/{path}", timeout=30, **given)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_accounts_of_the_demo_are_those_of_the_stand_in(practice: Running, platform: str) -> None:
    vendor = practice.server.vendors[platform]
    assert isinstance(vendor, MarketingPlatform)
    told = tomllib.loads((FOLDER / platform / "accounts.toml").read_text())
    assert set(told) == {platform}
    assert set(told[platform]) == set(vendor.accounts())
    for name in vendor.accounts():
        secrets = control(practice, f"secrets/{platform}/{name}").json()
        assert secrets
        assert all(isinstance(value, str) and value for value in secrets.values())


@pytest.mark.parametrize("platform", PLATFORMS)
def test_settings_are_shown_changed_and_reset(practice: Running, platform: str) -> None:
    vendor = practice.server.vendors[platform]
    assert isinstance(vendor, MarketingPlatform)
    path = f"accounts/{platform}/{next(iter(vendor.accounts()))}"
    before = control(practice, path).json()
    name, value = next((name, value) for name, value in before.items() if isinstance(value, bool | int))
    other = not value if isinstance(value, bool) else value + 1
    assert control(practice, path, "POST", json={name: other}).json() == {**before, name: other}
    refused = control(practice, path, "POST", json={"colour": "red"})
    assert (refused.status_code, "colour" in refused.json()["error"]) == (422, True)
    assert control(practice, path, "DELETE").json() == before


def test_stores_have_theirs_under_their_platforms_name_too(practice: Running) -> None:
    for platform, store in (("shopify", "harbour"), ("woocommerce", "linden")):
        for what in ("secrets", "stores"):
            here = control(practice, f"{what.replace('stores', 'accounts')}/{platform}/{store}")
            assert here.json() == control(practice, f"{what}/{store}").json()


@pytest.mark.parametrize("path", ["ga4/nowhere", "shopify/linden", "ecb/reference", "pigeon/harbour"])
def test_accounts_that_are_none(practice: Running, path: str) -> None:
    for what in ("secrets", "accounts"):
        answer = control(practice, f"{what}/{path}")
        assert (answer.status_code, answer.json()) == (404, {"error": f"there is no account {path}"})
