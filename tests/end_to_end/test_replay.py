"""`make replay` on a small file with every kind of line: equal figures, and again no change."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg2
import pytest

import warehouse
from tests.cli.test_replay_figures import parquet
from warehouse import ROOT, Settings

ROWS: list[tuple[str, str, int, str, float, float | None]] = [
    ("500", "85048", 12, "2012-03-24 23:30:00", 6.95, 13085.0),
    ("500", "85048", 12, "2012-03-24 23:30:00", 6.95, 13085.0),  # a legitimate repeat
    ("500", "post", 1, "2012-03-24 23:31:00", 18.0, 13085.0),
    (
        "501",
        "PADS",
        3,
        "2012-03-25 02:30:00",
        0.335,
        None,
    ),  # a guest, half pennies, an hour that does not exist
    ("502", "22041", 4, "2012-05-01 08:00:00", 0.0, 13086.0),
    ("503", "85123a", -6, "2012-05-01 09:00:00", 0.0, None),  # negative, but not on a 'C' invoice
    ("C504", "85048", -5, "2012-05-02 10:00:00", 6.95, 13085.0),  # comes back from invoice 500
    ("C505", "85048", -99, "2012-05-03 10:00:00", 6.95, 13085.0),  # more than was ever sold
    ("C506", "M", 1, "2012-05-04 10:00:00", 12.5, 13087.0),  # a positive line of a 'C' invoice
    ("A507", "B", 1, "2012-05-05 10:00:00", -100.25, None),
]

# Rows of the ledger; orders that were placed, that are returns only, that are adjustments only. Shopify books
# each line of the file. A web shop cannot sell less than nothing: 503 is a delivery of nothing, A507 is an
# amount given back on an order of nothing, and C505 as well, for nobody bought what it returns.
BOOKED = {"shopify": (len(ROWS), (5, 1, 3)), "woocommerce": (11, (5, 0, 1))}


def replay(path: Path, platform: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration", "replay", "--data", str(path), "--platform", platform],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@pytest.fixture(params=["shopify", "woocommerce"])
def replayed(server: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    path = parquet(tmp_path / "small.parquet", ROWS)
    name = f"replay_{request.param}_{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    yield path, request.param, name
    admin = warehouse.connect("owner", "postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
    admin.close()


def ledger(database: str) -> list[tuple[Any, ...]]:
    with psycopg2.connect(warehouse.url("reader", database)) as connection, connection.cursor() as cursor:
        cursor.execute("select * from marts.fct_sales order by sale_key")
        return cursor.fetchall()


def test_the_marts_equal_the_file_and_stay_equal(replayed: tuple[Path, str, str]) -> None:
    path, platform, database = replayed
    first = replay(path, platform)
    assert first.returncode == 0, first.stdout[-4000:] + first.stderr[-2000:]
    assert "every figure of the file is in the marts" in first.stdout
    booked = ledger(database)
    rows, kinds = BOOKED[platform]
    assert len(booked) == rows
    with psycopg2.connect(warehouse.url("reader", database)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where is_placed), count(*) filter (where is_return_only), "
            "count(*) filter (where is_adjustment_only) from marts.fct_orders"
        )
        assert cursor.fetchone() == kinds
    second = replay(path, platform)
    assert second.returncode == 0, second.stdout[-4000:]
    assert ledger(database) == booked


def test_a_missing_file_is_refused_with_the_usage(tmp_path: Path) -> None:
    refused = replay(tmp_path / "nowhere.parquet", "shopify")
    assert refused.returncode == 1
    assert "make replay DATA=" in refused.stderr


def test_a_platform_without_a_practice_shop_is_refused_with_those_that_have_one(tmp_path: Path) -> None:
    refused = replay(tmp_path / "nowhere.parquet", "etsy")
    assert refused.returncode == 1
    assert "known: " in refused.stderr
    assert "woocommerce" in refused.stderr
