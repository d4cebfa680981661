"""One account of each marketing platform has a revoked token: the others go on, and the next run heals.

The loads are run as a user runs them. Who has no such account is asked for none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.cli import main_job
from orchestration.platforms import platforms
from tests.end_to_end.house import House, opened, query_raw
from warehouse import Settings

AS_OF = datetime(2026, 3, 1, 6, tzinfo=UTC)
SINCE = "2026-02-01"
REVOKED = {"ga4": "harbour", "google_ads": "linden", "meta_ads": "alpine", "tiktok_ads": "kiwi"}
DAYS = {
    "ga4": "session_reports",
    "google_ads": "ad_reports",
    "meta_ads": "insights",
    "tiktok_ads": "ad_reports",
}


@pytest.fixture(scope="module")
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(
        tmp_path_factory.mktemp("practice"), orders=60, seed=4, as_of=datetime(2026, 3, 1, 6, tzinfo=UTC)
    ) as house:
        yield house


@pytest.fixture
def marketing(house: House, tmp_path: Path) -> Path:
    """The practice shop's accounts that are no shops, with a short history each."""
    known = tomllib.loads(house.accounts.read_text())
    lines = []
    for platform in DAYS:
        for name, options in known[platform].items():
            lines += [f"[{platform}.{name}]", *(f'{key} = "{value}"' for key, value in options.items())]
            lines += [f'since = "{SINCE}"', ""]
    path = tmp_path / "accounts.toml"
    path.write_text("\n".join(lines))
    return path


def days_of(platform: str) -> dict[str, int]:
    """How many days of each account are in the log, each of them once."""
    rows = query_raw(
        f"select account_id, count(*), count(distinct id) from raw_{platform}.{DAYS[platform]} group by 1"
    )
    assert all(documents == days for _, documents, days in rows), f"a day of {platform} landed twice"
    return {account: days for account, days, _ in rows}


def test_every_platform_of_marketing_is_in_it() -> None:
    known = {one.name for one in platforms()}
    assert (
        known
        >= set(DAYS)
        == {one.name for one in platforms() if not one.is_shop and not one.has_default_accounts}
    )


def test_a_revoked_token_stops_its_account_alone_and_the_next_run_heals(
    house: House, marketing: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment = {**house.environment, "ACCOUNTS_FILE": str(marketing)}
    known = tomllib.loads(marketing.read_text())
    for platform, account in REVOKED.items():
        house.control(
            "faults", {"kind": "revoked_token", "platform": platform, "store": account, "times": None}
        )
    problems = main_job.load(environment, marketing)
    told = capfd.readouterr()
    said = " ".join((told.out + told.err).split())
    assert [problem.split()[1] for problem in problems] == list(REVOKED)
    for platform, account in REVOKED.items():
        assert f"{platform}/{account}" in said
        assert f"{platform}_{account}".upper() in said, "the remedy names the variable"
        assert set(days_of(platform)) == set(known[platform]) - {account}, "the others went on"

    house.forget_faults()
    assert main_job.load(environment, marketing) == []
    for platform in REVOKED:
        days = days_of(platform)
        assert set(days) == set(known[platform])
        assert min(days.values()) == max(days.values()) >= 29, f"{platform}: {days}"


def test_who_has_shops_alone_is_asked_for_nothing_else(
    house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    known = tomllib.loads(house.accounts.read_text())
    accounts = tmp_path / "shop.toml"
    lines = (f'{key} = "{value}"' for key, value in known["shopify"]["kiwi"].items())
    accounts.write_text("\n".join(["[shopify.kiwi]", *lines, ""]))
    before = {platform: days_of(platform) for platform in DAYS}
    assert main_job.load({**house.environment, "ACCOUNTS_FILE": str(accounts)}, accounts) == []
    said = capfd.readouterr().out
    assert "shopify" in said
    assert not [platform for platform in DAYS if platform in said]
    assert {platform: days_of(platform) for platform in DAYS} == before
