"""Sixty days of daily runs end where a full refresh ends, where one load at the end ends, and with the truth.

One account per platform of marketing: a load costs more than what it reads here. Building costs ten times as
much as loading, so the models are built every tenth day only, and shops are loaded every other day;
`BUILD_EVERY=1` loads and builds everything on each of the sixty.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from loaders.common import load
from orchestration.platforms import platforms
from tests.conftest import new_database
from tests.dbt.conftest import House as Models
from tests.dbt.test_incremental_equals_full import contents, differences
from tests.end_to_end.house import House, opened
from warehouse import Settings

DAYS = 60
BUILD_EVERY = int(os.environ.get("BUILD_EVERY", "10"))
SHOPS_EVERY = min(2, BUILD_EVERY)
ONE_OF_EACH = {"ga4": "harbour", "google_ads": "harbour", "meta_ads": "harbour", "tiktok_ads": "kiwi"}

# What does not tell when something was seen. What is gone by the end is in no load then: shops are compared
# by what marketing makes of them alone.
COMPARED = (
    "dim_campaign",
    "fct_ad_claims",
    "fct_ad_spend",
    "fct_order_attribution",
    "fct_order_match",
    "fct_sessions",
    "fct_web_purchases",
    "agg_daily_channel",
)
SEEN = ("observed_at", "first_observed_at", "_dlt_load_id")


@pytest.fixture
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("practice")
    with opened(folder, orders=300, seed=23, as_of=datetime(2026, 3, 1, 6, tzinfo=UTC)) as house:
        yield house


def models(folder: Path, manifest: object = None) -> Models:
    """dbt over the database that the settings point at."""
    urls = {role: warehouse.url(role) for role in ("owner", "loader", "transformer")}
    found = Models(warehouse.environment(), urls, folder, manifest)
    if manifest is None:
        found.manifest = found.dbt("parse").result
    return found


def accounts(house: House, *, shops: bool = True) -> list[tuple[str, str]]:
    """What is loaded on a day: shops and their rates, or not; and one account of each other platform."""
    known = tomllib.loads(house.accounts.read_text())
    of_shops = [one.name for one in platforms() if one.is_shop or one.has_default_accounts]
    found = [(platform, name) for platform in of_shops for name in known[platform]] if shops else []
    return [*found, *ONE_OF_EACH.items()]


def marketing(models: Models) -> dict[str, Counter[str]]:
    """Every row of the tables that one load has to bring as well, but for when it was seen."""
    rows = "select (to_jsonb(t) - %s::text[])::text from marts.{table} t"
    return {
        table: Counter(row for (row,) in models.rows(rows.format(table=table), list(SEEN)))
        for table in COMPARED
    }


@pytest.mark.timeout(7200)
def test_sixty_daily_runs_end_where_one_load_ends(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = models(tmp_path)
    for day in range(DAYS + 1):
        if day:
            house.live(1)
        for platform, account in accounts(house, shops=day % SHOPS_EVERY == 0):
            load(platform, account)
        if day % BUILD_EVERY == 0:
            daily.dbt("run")
    assert house.differences() == []
    left, day_by_day = contents(daily), marketing(daily)
    daily.dbt("run", "--full-refresh")
    assert not differences(left, contents(daily))
    assert sum(left["marts.fct_sales"].values()) > 500
    assert all(sum(rows.values()) > 20 for table, rows in day_by_day.items() if table != "dim_campaign")

    database = new_database(monkeypatch)
    next(database)
    for platform, account in accounts(house):
        load(platform, account)
    once = models(tmp_path, daily.manifest)
    once.dbt("run")
    assert not differences(day_by_day, marketing(once))
    next(database, None)
