"""Meta's and TikTok's loaders against the practice shop: its truth, its restatements, its faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loaders.common.errors import LoaderError, MissingScope, ThrottledTooLong, UnknownShop, WrongToken
from sandbox.running import Running
from tests.loaders.ads_practice import ACCOUNTS, Ads, business
from tests.loaders.ads_practice import ads as practice_ads
from warehouse import Settings

both = pytest.mark.parametrize("platform", sorted(ACCOUNTS))


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    with business() as found:
        yield found


@pytest.fixture
def ads(platform: str, here: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ads]:
    """For questions that reach no warehouse; the business stands still."""
    found = practice_ads(platform, here, monkeypatch, tmp_path)
    yield found
    here.sandbox.faults.clear()
    if platform == "meta_ads":
        found.configure(requires_proof=False)


@pytest.fixture
def moving(
    platform: str, database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Ads]:
    """A business of its own, and an empty warehouse."""
    with business() as here:
        yield practice_ads(platform, here, monkeypatch, tmp_path)


@both
def test_every_day_is_the_businesss_truth_and_daily_runs_end_where_one_load_does(moving: Ads) -> None:
    ads = moving
    ads.load()
    truth = ads.truth()
    assert len(truth) > 30 and ads.landed_figures() == truth
    assert ads.load().rows == 0
    moved = 0
    for days in (1, 1, 6, 30, 1):
        ads.advance(days=days)
        moved += ads.load().resources[ads.reports].rows
    assert ads.landed_figures() == ads.truth() != truth
    ads.add("later", ads.name)
    once = ads.load("later")
    resources = [name for name, one in once.resources.items() if one.rows]
    assert ads.reports in resources
    for resource in resources:
        assert ads.documents(resource, "later") == ads.documents(resource, ads.name), resource
    assert moved < 5 * once.resources[ads.reports].rows


@pytest.mark.parametrize(
    ("platform", "fault", "options"),
    [
        ("meta_ads", "server_error", {"times": 3}),
        ("meta_ads", "html_error", {"times": 2}),
        ("meta_ads", "reduce_data", {"times": 6}),
        ("meta_ads", "internal_error", {"times": 2}),
        ("meta_ads", "truncated_json", {"times": 2}),
        ("meta_ads", "dropped_connection", {"times": 2}),
        ("meta_ads", "failed_run", {"times": 5}),
        ("meta_ads", "skipped_run", {"times": 2}),
        ("meta_ads", "slow_run", {"times": 2, "polls": 3}),
        ("meta_ads", "throttled", {"times": 3, "minutes": 0}),
        ("tiktok_ads", "internal_error", {"times": 3}),
        ("tiktok_ads", "html_error", {"times": 2}),
        ("tiktok_ads", "truncated_json", {"times": 2}),
        ("tiktok_ads", "dropped_connection", {"times": 2}),
        ("tiktok_ads", "throttled", {"times": 3, "code": 40133}),
    ],
)
def test_what_passes_costs_no_row(ads: Ads, fault: str, options: dict[str, Any]) -> None:
    ads.fault(fault, **options)
    assert ads.read() == ads.truth()


@pytest.mark.parametrize(
    ("platform", "fault", "options", "kind"),
    [
        ("meta_ads", "revoked_token", {"subcode": 463}, WrongToken),
        ("meta_ads", "missing_scope", {}, MissingScope),
        ("meta_ads", "throttled", {"code": 80000, "minutes": 300}, ThrottledTooLong),
        ("tiktok_ads", "revoked_token", {"code": 40102}, WrongToken),
        ("tiktok_ads", "missing_scope", {}, MissingScope),
    ],
)
def test_what_stays_is_said(ads: Ads, fault: str, options: dict[str, Any], kind: type[LoaderError]) -> None:
    ads.fault(fault, times=None, **options)
    with pytest.raises(kind, match=f"{ads.platform}/{ads.name}: .*Remedy: "):
        ads.read()


@both
def test_what_stops_one_account_stops_no_other_and_is_read_later(moving: Ads) -> None:
    moving.fault("revoked_token", times=None)
    with pytest.raises(WrongToken):
        moving.load()
    other = [name for name in ACCOUNTS[moving.platform] if name != moving.name]
    assert moving.load(*other).rows > 100
    moving.here.sandbox.faults.clear()
    assert moving.load().rows > 100
    assert moving.landed_figures() == moving.truth()


@pytest.mark.parametrize("platform", ["meta_ads"])
def test_the_apps_proof_is_what_the_vendor_wants(ads: Ads) -> None:
    ads.configure(requires_proof=True)
    with pytest.raises(WrongToken, match="APP_SECRET"):
        ads.read()
    ads.monkeypatch.setenv(f"META_ADS_{ads.name}_APP_SECRET".upper(), ads.secret(ads.name, "app_secret"))
    assert ads.read() == ads.truth()


@pytest.mark.parametrize("platform", ["tiktok_ads"])
def test_an_address_that_leads_elsewhere(ads: Ads) -> None:
    file = ads.accounts_file
    file.write_text(file.read_text().replace("/tiktok_ads", "/tiktok"))
    with pytest.raises(UnknownShop, match="`base_url`"):
        ads.read()
