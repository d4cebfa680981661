"""The whole house around a small practice shop: its accounts, its truth, its clock, and the marts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
import requests

import warehouse
from orchestration.cli import practice_shop
from sandbox.business.world import build_world
from sandbox.ecb.rates import Fixings
from sandbox.running import Running, running
from tests.conftest import new_database
from warehouse import get_settings

MEASURES = (
    "gross_sales", "discounts", "sales_reversals", "net_sales", "shipping", "taxes", "duties", "fees",
    "total_sales", "gift_cards_sold", "tips",
)  # fmt: skip
COUNTS = ("orders", "units", "units_returned")


class House:
    """A practice shop and a warehouse of its own, and the settings that point at both.

    `world` is what really happened, `fixings` are the bank's rates, `began` is when nothing was read yet.
    """

    def __init__(self, here: Running, accounts: Path) -> None:
        self.url = here.url
        self.world = here.sandbox.world
        self.began = here.sandbox.now()
        self.fixings = Fixings(here.sandbox.seed)
        self.accounts = accounts
        self.environment = practice_shop.environment(here.url, accounts)
        self.stores = list(self.world.stores)

    def live(self, days: int) -> None:
        """Let the practice business live on."""
        self.control("clock", {"advance_days": days})

    def control(self, route: str, asked: dict[str, Any]) -> None:
        """Tell the practice shop what to do."""
        requests.post(f"{self.url}/control/{route}", json=asked, timeout=120).raise_for_status()

    def forget_faults(self) -> None:
        """Let nothing go wrong any more."""
        requests.delete(f"{self.url}/control/faults", timeout=60).raise_for_status()

    def truth(self, store: str) -> dict[str, dict[str, Any]]:
        """The business's own figures of a store, by local day."""
        days = requests.get(f"{self.url}/truth/{store}/daily", timeout=60).json()
        return {day["date"]: day for day in days}

    def differences(self) -> list[str]:
        """Every figure of every store and day that is not what really happened."""
        found = []
        for store in self.stores:
            truth = self.truth(store)
            rows = query(
                "select d.* from marts.agg_daily_summary d join marts.dim_store s using (store_key) "
                f"where s.account_id = '{store}'"
            )
            ours = {row["date_day"].isoformat(): row for row in rows}
            for day in sorted(truth.keys() | ours.keys()):
                theirs, mine = truth.get(day, {}), ours.get(day, {})
                for name in (*MEASURES, *COUNTS):
                    expected, got = Decimal(str(theirs.get(name) or 0)), Decimal(mine.get(name) or 0)
                    if expected != got:
                        found.append(f"{store} {day} {name}: truth {expected}, marts {got}")
        return found


@contextmanager
def opened(folder: Path, *, orders: int, seed: int, as_of: datetime) -> Iterator[House]:
    """A house around a practice shop of so many orders; nothing is loaded yet."""
    with pytest.MonkeyPatch.context() as patch:
        databases = new_database(patch)
        next(databases)
        with running(build_world(orders, seed, as_of)) as here:
            accounts = folder / "accounts.toml"
            accounts.write_text(practice_shop.accounts(here.url))
            house = House(here, accounts)
            for name, value in house.environment.items():
                patch.setenv(name, value)
            get_settings.cache_clear()
            yield house
        next(databases, None)
        get_settings.cache_clear()


def query(statement: str) -> list[dict[str, Any]]:
    """What a reader of the marts is answered."""
    names, rows = _asked("reader", statement)
    return [dict(zip(names, row, strict=True)) for row in rows]


def query_raw(statement: str) -> list[tuple[Any, ...]]:
    """What the raw log holds."""
    return _asked("loader", statement)[1]


def _asked(role: Literal["reader", "loader"], statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    connection = warehouse.connect(role, settings=get_settings())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [column.name for column in cursor.description or ()], cursor.fetchall()
    finally:
        connection.close()
