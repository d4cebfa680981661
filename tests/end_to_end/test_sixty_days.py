"""Sixty days of daily runs of marketing end where one load at the end ends.

One account per platform: a load costs more than what it reads here. Models cost more than loads, so they
are built every fifteenth day; `BUILD_EVERY=1` builds on each of the sixty. The shop is loaded when they are.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from loaders.common import load
from tests.conftest import new_database
from tests.dbt.conftest import House as Models
from tests.dbt.test_incremental_equals_full import differences
from tests.end_to_end.house import House, opened
from warehouse import Settings

DAYS = 60
BUILD_EVERY = int(os.environ.get("BUILD_EVERY", "15"))
WATCHED = (
    ("ga4", "harbour"),
    ("google_ads", "harbour"),
    ("meta_ads", "harbour"),
    ("tiktok_ads", "alpine"),
)
SOLD = (("shopify", "harbour"), ("ecb", "reference"))

# All but those whose subject is when something was seen: fct_ad_restatements, agg_conversion_lag.
COMPARED = (
    "dim_ad_account",
    "dim_campaign",
    "fct_ad_claims",
    "fct_ad_spend",
    "fct_order_attribution",
    "fct_order_match",
    "fct_sessions",
    "fct_web_report_days",
    "fct_web_purchases",
    "agg_daily_channel",
    "agg_daily_summary",
)
# From the same day on, however late the one load is.
SINCE = 'since = "2025-12-01"'
SEEN = ("observed_at", "first_observed_at")
MODELS = ("run", "--select", *(f"+{table}" for table in COMPARED))


@pytest.fixture
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("practice")
    with opened(folder, orders=200, seed=23, as_of=datetime(2026, 3, 1, 6, tzinfo=UTC)) as house:
        known = house.accounts.read_text()
        for platform, account in WATCHED:
            known = known.replace(f"[{platform}.{account}]", f"[{platform}.{account}]\n{SINCE}")
        house.accounts.write_text(known)
        yield house


def models(folder: Path) -> Models:
    """dbt over the database that the settings point at."""
    urls = {role: warehouse.url(role) for role in ("owner", "loader", "transformer")}
    found = Models(warehouse.environment(), urls, folder)
    found.manifest = found.dbt("parse").result
    return found


def contents(models: Models) -> dict[str, Counter[str]]:
    """Every row of the compared tables, but for when it was seen."""
    rows = "select (to_jsonb(t) - %s::text[])::text from marts.{table} t"
    return {
        table: Counter(row for (row,) in models.rows(rows.format(table=table), list(SEEN)))
        for table in COMPARED
    }


@pytest.mark.timeout(7200)
def test_sixty_daily_runs_end_where_one_load_ends(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = models(tmp_path / "daily")
    for day in range(DAYS + 1):
        if day:
            house.live(1)
        for platform, account in [*WATCHED, *(SOLD if day % BUILD_EVERY == 0 else ())]:
            load(platform, account)
        if day % BUILD_EVERY == 0:
            daily.dbt(*MODELS)
    day_by_day = contents(daily)
    readings = daily.one("select count(distinct observed_at) from raw_google_ads.ad_reports")
    assert readings > DAYS / 2, "nothing was restated"

    database = new_database(monkeypatch)
    next(database)
    for platform, account in [*WATCHED, *SOLD]:
        load(platform, account)
    once = models(tmp_path / "once")
    once.dbt(*MODELS)
    found = contents(once)
    next(database, None)
    assert not differences(day_by_day, found)
    sizes = {table: sum(rows.values()) for table, rows in found.items()}
    assert sizes.pop("dim_ad_account") == len([one for one in WATCHED if one[0] != "ga4"])
    assert min(sizes.values()) > 3
