"""The real file, against figures taken from it by another way. Skipped where it is absent."""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from sandbox.business.replay import replay_world
from sandbox.business.world import World
from tests.conftest import shared_path

NAME = "online-retail"


@pytest.fixture(scope="module")
def path() -> Path:
    """The file beside the project, or the one the environment names."""
    named = os.environ.get("ONLINE_RETAIL_PARQUET")
    return Path(named) if named else shared_path("data", "online_retail", "online_retail_2009_2010.parquet")


@pytest.fixture(scope="module")
def world(path: Path) -> World:
    return replay_world(path)


def test_months_are_those_of_the_file(path: Path, world: World) -> None:
    table = pq.read_table(path, columns=["InvoiceDate", "Quantity", "Price"])
    # tenths of a penny are whole numbers in this file: no binary fraction takes part in the sum
    mills = pc.multiply(table["Quantity"], pc.cast(pc.round(pc.multiply(table["Price"], 1000)), "int64"))
    expected: dict[str, int] = defaultdict(int)
    for moment, value in zip(table["InvoiceDate"].to_pylist(), mills.to_pylist(), strict=True):
        expected[moment[:7]] += (abs(value) + 5) // 10 * (1 if value >= 0 else -1)
    booked: dict[str, Decimal] = defaultdict(Decimal)
    for day in world.truth.daily(NAME):
        booked[f"{day.date:%Y-%m}"] += day.net_sales
    assert booked == {month: Decimal(pennies).scaleb(-2) for month, pennies in expected.items()}
    assert sum(booked.values()) == Decimal("9539484.62")


def test_counts_are_those_of_the_file(world: World) -> None:
    counts = world.truth.counts(NAME)
    assert (counts["orders_placed"], counts["customers"], counts["products"]) == (24_224, 4_383, 4_632)
    assert sum(day.orders for day in world.truth.daily(NAME)) == 24_224


def test_every_line_is_one_sale(world: World) -> None:
    booked = {
        sale.id: (agreement.kind, sale.quantity, sale.total)
        for order in world.stores[NAME].orders.values()
        for agreement in order.agreements
        for sale in agreement.sales
    }
    assert len(booked) == 525_461
    assert {r.sale_id: (r.event_type, r.quantity, r.total_amount) for r in world.truth.ledger(NAME)} == booked
