"""The whole main job against the practice shop: the marts say what happened, by store and day.

The truth is the practice business's own, kept from its events; nothing of it passes through a payload. The
job is run as a user would run it: `python -m loaders`, `dbt build`, the gates.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

import warehouse
from orchestration.cli import main_job, practice_shop
from tests.conftest import free_port, new_database
from warehouse import Settings, get_settings

MEASURES = (
    "gross_sales", "discounts", "sales_reversals", "net_sales", "shipping", "taxes", "duties", "fees",
    "total_sales", "gift_cards_sold", "tips",
)  # fmt: skip
COUNTS = ("orders", "units", "units_returned")
STORES = ("harbour", "alpine", "kiwi")


class House:
    """A practice shop, a warehouse, and the main job between them."""

    def __init__(self, url: str, accounts: Path) -> None:
        self.url = url
        self.accounts = accounts
        self.environment = practice_shop.environment(url, accounts)

    def run(self) -> None:
        """Load, build with every test over everything, check."""
        assert main_job.load(self.environment, self.accounts) == []
        assert main_job.build(self.environment, variables="{test_scope: all}", unit_tests=True) == []
        assert main_job.check(self.environment) == []

    def live(self, days: int) -> None:
        """Let the practice business live on."""
        requests.post(
            f"{self.url}/control/clock", json={"advance_days": days}, timeout=120
        ).raise_for_status()

    def truth(self, store: str) -> dict[str, dict[str, Any]]:
        """The business's own figures of a store, by local day."""
        days = requests.get(f"{self.url}/truth/{store}/daily", timeout=60).json()
        return {day["date"]: day for day in days}


@pytest.fixture(scope="module")
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("practice")
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.MonkeyPatch.context() as patch:
        databases = new_database(patch)
        next(databases)
        shop = practice_shop.start(
            ["--orders", "700", "--seed", "11", "--as-of", "2026-03-20"], url=url, log=folder / "log"
        )
        accounts = folder / "accounts.toml"
        accounts.write_text(practice_shop.ACCOUNTS_FILE.read_text().replace(practice_shop.DEFAULT_URL, url))
        yield House(url, accounts)
        assert shop.process
        shop.process.terminate()
        shop.process.wait(30)
        next(databases, None)


def query(statement: str) -> list[dict[str, Any]]:
    connection = warehouse.connect("reader", settings=get_settings())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()


def differences(house: House) -> list[str]:
    """Every figure of every store and day that is not what really happened."""
    found = []
    for store in STORES:
        truth = house.truth(store)
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


def test_every_store_and_day_is_what_really_happened(house: House) -> None:
    house.run()
    assert differences(house) == []
    orders = query("select sum(orders) as n from marts.agg_daily_summary")[0]["n"]
    assert orders > 500, "a truth about nothing proves nothing"


def test_stays_true_after_days_of_changes(house: House) -> None:
    for days in (1, 9):
        house.live(days)
        house.run()
        assert differences(house) == []


def test_both_clocks_add_up_to_the_same(house: House) -> None:
    (sums,) = query(
        "select sum(net_sales) as booked, sum(net_sales_by_order) as by_order, "
        "(select sum(net_amount) from marts.fct_sales where sale_class is not null) as ledger "
        "from marts.agg_daily_summary"
    )
    assert sums["booked"] == sums["by_order"] == sums["ledger"]


def test_a_second_run_without_changes_changes_nothing(house: House) -> None:
    before = query("select * from marts.fct_orders order by order_key")
    house.run()
    assert query("select * from marts.fct_orders order by order_key") == before
