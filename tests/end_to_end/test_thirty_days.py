"""Thirty days of daily runs of shops end where a full refresh ends, table by table; and both with the truth.

Every day is loaded. Building costs ten times as much as loading here, so the models are built every fifth day
only; `BUILD_EVERY=1` in the environment builds on each of the thirty.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import warehouse
from loaders.common import load
from orchestration.platforms import platforms
from tests.dbt.again import AGAIN
from tests.dbt.conftest import House as Models
from tests.dbt.test_incremental_equals_full import contents, differences
from tests.end_to_end.house import House, opened
from warehouse import Settings

DAYS = 30
BUILD_EVERY = int(os.environ.get("BUILD_EVERY", "5"))


@pytest.fixture
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("practice")
    with opened(folder, orders=300, seed=23, as_of=datetime(2026, 3, 1, 6, tzinfo=UTC)) as house:
        yield house


@pytest.fixture
def models(house: House, tmp_path_factory: pytest.TempPathFactory) -> Models:
    urls = {role: warehouse.url(role) for role in ("owner", "loader", "transformer")}
    models = Models(warehouse.environment(), urls, tmp_path_factory.mktemp("dbt-target"))
    models.manifest = models.dbt("parse").result
    return models


@pytest.mark.timeout(1800)
def test_thirty_daily_runs_end_where_a_full_refresh_ends(house: House, models: Models) -> None:
    for day in range(DAYS + 1):
        if day:
            house.live(1)
        for platform in [one for one in platforms() if one.is_shop or one.has_default_accounts]:
            for account in platform.account_names():
                load(platform.name, account)
        if day % BUILD_EVERY == 0:
            models.dbt("run", *(AGAIN if day else ()))
    assert house.differences() == []
    daily = contents(models)
    models.dbt("run", "--full-refresh")
    assert not differences(daily, contents(models))
    assert sum(daily["marts.fct_sales"].values()) > 500
