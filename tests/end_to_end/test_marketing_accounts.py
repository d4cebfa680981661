"""One account of each marketing platform has a revoked token: the others go on, and the next run heals.

The loads are run as a user runs them. Who has no such account is asked for none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.cli import main_job, summary
from orchestration.platforms import platforms
from tests.end_to_end.house import House, opened, query, query_raw
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
    return written(
        tmp_path / "accounts.toml",
        {
            platform: {name: {**options, "since": SINCE} for name, options in known[platform].items()}
            for platform in (*DAYS, "ecb")
        },
    )


def written(path: Path, accounts: dict[str, dict[str, dict[str, str]]]) -> Path:
    """An accounts file."""
    lines = []
    for platform, named in accounts.items():
        for name, options in named.items():
            lines += [f"[{platform}.{name}]", *(f'{key} = "{value}"' for key, value in options.items())]
    path.write_text("\n".join([*lines, ""]))
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
        # one day less where it is still February
        assert set(days.values()) <= {28, 29}, f"{platform}: {days}"


def test_who_has_shops_alone_is_asked_for_nothing_else(
    server: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path, orders=60, seed=4, as_of=AS_OF) as house:
        known = tomllib.loads(house.accounts.read_text())
        written(house.accounts, {"shopify": {"kiwi": known["shopify"]["kiwi"]}, "ecb": known["ecb"]})
        assert main_job.load(house.environment, house.accounts) == []
        assert main_job.build(house.environment) == []
        assert main_job.check(house.environment) == []
        summary.show()
        logs = "select nspname from pg_namespace where nspname like 'raw%' order by 1"
        assert query_raw(logs) == [("raw_ecb",), ("raw_shopify",)]
        (row,) = query("select count(*) as days, sum(orders) as orders from marts.agg_daily_summary")
        assert row["orders"] > 5
    said = capsys.readouterr().out
    assert "Kiwi" in said
    assert "what a sale cost" not in said
    assert "warned" not in said.partition("summary")[0]
