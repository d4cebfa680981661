"""One model, one transaction: what is recorded as read is what was read, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2

from tests.dbt.again import AGAIN
from tests.dbt.conftest import PROJECT, House
from tests.dbt.documents import OrderDocument, gid, shop
from tests.dbt.rawlog import Version, finish, land

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
ORDERS = ["--select", "stg_shopify__shops", "stg_shopify__orders"]
LEDGER = ["--select", "+fct_sales"]
SUMMED = ["--select", "+agg_daily_summary"]
WITHIN = ["--indirect-selection", "buildable"]


def order(number: int, *, at: datetime = AT, price: str = "10.00", total: int = 10) -> OrderDocument:
    made = OrderDocument(number, at, customer=number)
    made.sale(str(total), line=made.line(price), quantity=1)
    made.agree("Order", at)
    return made


def version(made: OrderDocument, *, seen: datetime = AT) -> Version:
    return Version("harbour", "orders", made.id, made.document(), made.updated_at, seen)


def settings(zone: str, *, at: datetime = AT) -> Version:
    body = shop("harbour", zone=zone, currency="GBP", updated_at=at)
    return Version("harbour", "shop", gid("Shop", 1), body, at, at)


def test_a_load_that_commits_late_is_read_by_the_next_run(house: House) -> None:
    early = land(house.raw, [version(order(1))], complete=False)
    land(house.raw, [version(order(2), seen=AT + timedelta(hours=1))])
    house.dbt("run", *ORDERS)
    assert house.rows("select order_name from staging.stg_shopify__orders") == [("#2",)]
    finish(house.raw, early)
    house.dbt("run", *ORDERS)
    assert house.one("select count(*) from staging.stg_shopify__orders") == 2


def test_pre_hook_model_and_record_are_one_transaction(house: House) -> None:
    land(house.raw, [settings("Europe/London"), version(order(1))])
    house.dbt("run", *ORDERS)
    for full in ([], ["--full-refresh"]):
        land(house.raw, [version(order(2 + len(full)))])
        house.dbt("run", *ORDERS, *full)
        (row,) = house.rows(
            "select count(distinct xmin::text) from (select xmin from bookkeeping.produced where batch = "
            "(select max(batch) from bookkeeping.produced) union all "
            "select xmin from bookkeeping.consumed "
            "where consumed_in = (select max(batch) from bookkeeping.produced) union all "
            "select xmin from staging.stg_shopify__orders where order_name = %s) as written",
            f"#{2 + len(full)}",
        )
        assert row == (1,), "batch, record and rows carry one transaction id"


def test_a_run_killed_in_the_middle_of_a_model_leaves_nothing_behind(house: House, tmp_path: Path) -> None:
    land(house.raw, [settings("Europe/London"), version(order(1))])
    house.dbt("run", *LEDGER)
    changed = order(1)
    changed.sale("5", line=changed.line("5.00"), quantity=1)
    changed.agree("OrderEdit", AT + timedelta(days=1))
    land(house.raw, [version(changed), version(order(2))])
    before = house.one("select count(*) from bookkeeping.produced where model = 'fct_sales'")
    with closing(psycopg2.connect(house.urls["owner"])) as lock, lock.cursor() as cursor:
        cursor.execute("lock table marts.fct_sales in share mode")  # readers pass, the model's delete waits
        run = _start_dbt(house, tmp_path)
        try:
            _wait_until_blocked(house)
        finally:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
    _wait_until_alone(house)

    assert house.one("select count(*) from bookkeeping.produced where model = 'fct_sales'") == before
    assert house.one("select sum(total_amount) from marts.fct_sales") == 10
    house.build(*SUMMED, *WITHIN)
    assert house.one("select sum(total_amount) from marts.fct_sales") == 25
    assert house.one("select sum(net_sales) from marts.agg_daily_summary") == 25


def test_an_old_state_that_arrives_late_does_not_win(house: House) -> None:
    land(house.raw, [version(order(1, at=AT, total=10))])
    newer = order(1, total=99)
    newer.updated_at = AT + timedelta(hours=1)
    land(house.raw, [version(newer)])
    house.dbt("run", *ORDERS)
    land(house.raw, [version(order(1, total=10), seen=AT + timedelta(days=3))])
    house.dbt("run", *ORDERS)
    assert house.one("select current_total_amount from staging.stg_shopify__orders") == 99


def test_a_change_of_time_zone_moves_the_days_of_old_orders(house: House) -> None:
    late = order(1, at=datetime(2026, 5, 4, 23, 30, tzinfo=UTC))
    land(house.raw, [settings("UTC"), version(late)])
    house.dbt("run", *SUMMED)
    assert str(house.one("select order_date from marts.fct_orders")) == "2026-05-04"
    land(house.raw, [settings("Pacific/Auckland", at=AT + timedelta(days=9))])
    house.dbt("run", *SUMMED, *AGAIN)
    assert str(house.one("select order_date from marts.fct_orders")) == "2026-05-05"
    days = house.rows("select date_day::text, orders from marts.agg_daily_summary")
    assert days == [("2026-05-05", 1)]


def test_keys_that_were_forgotten_are_read_as_everything(house: House) -> None:
    land(house.raw, [settings("Europe/London"), version(order(1))])
    house.dbt("run", "--select", "+fct_orders")
    land(house.raw, [version(order(2))])
    house.dbt("run", "--select", "path:models/staging/shopify")
    house.rows("update bookkeeping.produced set produced_at = now() - interval '36 days'")
    house.dbt("run", *ORDERS)  # its end forgets old keys
    assert house.one("select count(*) from bookkeeping.touched") == 0
    house.dbt("run", "--select", "+fct_orders")
    assert house.one("select count(*) from marts.fct_orders") == 2


def test_keys_that_were_forgotten_after_they_were_read_are_no_news(house: House) -> None:
    read = "select count(*) from bookkeeping.consumed where model = 'fct_sales' and producer = %s"
    land(house.raw, [settings("Europe/London"), version(order(1))])
    for _ in range(2):
        house.dbt("run", *LEDGER)
    before = house.one(read, "stg_shopify__order_sales")
    house.rows("update bookkeeping.produced set produced_at = now() - interval '36 days'")
    for _ in range(2):
        house.dbt("run", *LEDGER)
    assert house.one("select count(*) from bookkeeping.produced where is_forgotten") > 0
    assert house.one(read, "stg_shopify__order_sales") == before, "it would mean everything"


def test_nothing_landed_at_all_builds_empty_marts(house: House) -> None:
    house.rows("drop schema raw_shopify cascade")
    loader = psycopg2.connect(house.urls["loader"])
    with loader, loader.cursor() as cursor:
        cursor.execute("create schema raw_shopify")
        cursor.execute("grant usage on schema raw_shopify to transformer")
    loader.close()
    house.build()
    assert house.one("select count(*) from marts.agg_daily_summary") == 0


def _start_dbt(house: House, target: Path) -> subprocess.Popen[bytes]:
    words = [str(Path(sys.executable).with_name("dbt")), "--quiet", "run", "--target-path", str(target)]
    words += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    return subprocess.Popen([*words, *LEDGER], env=os.environ | house.environment, stdout=subprocess.DEVNULL)


def _wait_until_blocked(house: House, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    waiting = "select count(*) from pg_locks where not granted and relation = 'marts.fct_sales'::regclass"
    while not house.one(waiting):
        assert time.monotonic() < deadline, "dbt never came to the model"
        time.sleep(0.1)


def _wait_until_alone(house: House, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    others = (
        "select count(*) from pg_stat_activity "
        "where datname = current_database() and application_name = 'dbt'"
    )
    while house.one(others):
        assert time.monotonic() < deadline, "the killed run's sessions are still there"
        time.sleep(0.1)
