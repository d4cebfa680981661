"""The promises of the raw log, one by one."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loaders import shopify
from loaders.common import AccountSwitched, land_documents
from tests.loaders.conftest import Practice
from tests.loaders.woo import Web

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATEST = """
select distinct on (id) id, document::json ->> 'v' from raw_shopify.orders
order by id, updated_at desc nulls last, observed_at desc, _dlt_load_id desc
"""


def order(number: int, version: int, updated: datetime = AT) -> bytes:
    stamp = updated.isoformat().replace("+00:00", "Z")
    return json.dumps({"id": f"gid://shopify/Order/{number}", "updatedAt": stamp, "v": version}).encode()


def land(*lines: bytes, account: str = "kiwi", observed: datetime = AT) -> int:
    return land_documents("shopify", account, "orders", lines, observed_at=observed).rows


def test_every_table_has_the_one_shape_and_its_indexes(practice: Practice) -> None:
    land(order(1, 1))
    columns = practice.sql(
        "select table_name, string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) "
        "from information_schema.columns where table_schema = 'raw_shopify' "
        "and table_name not like '\\_dlt%%' group by 1"
    )
    shape = (
        "account_id text, id text, updated_at timestamp with time zone, "
        "observed_at timestamp with time zone, is_deleted boolean, document text, document_hash text, "
        "_dlt_load_id text"
    )
    assert len(columns) == len(shopify.RESOURCES)
    assert {text for _, text in columns} == {shape}
    indexed = practice.sql(
        "select count(*) from pg_indexes where schemaname = 'raw_shopify' and "
        "(indexdef like '%%(account_id, id)' or indexdef like '%%(\\_dlt_load_id)')"
    )
    assert indexed == [(2 * len(shopify.RESOURCES),)]


def test_rows_carry_a_load_that_completed(practice: Practice) -> None:
    report = land_documents("shopify", "kiwi", "orders", [order(1, 1)], observed_at=AT)
    assert practice.sql(
        "select r.account_id, r.id, r.updated_at, r.observed_at, l.status from raw_shopify.orders r "
        "join raw_shopify._dlt_loads l on l.load_id = r._dlt_load_id where l.load_id = any(%s)",
        report.load_ids,
    ) == [("kiwi", "gid://shopify/Order/1", AT, AT, 0)]


def test_the_same_documents_again_land_nothing(practice: Practice) -> None:
    assert land(order(1, 1), order(2, 1)) == 2
    assert land(order(2, 1), order(1, 1)) == 0
    assert land(order(1, 2, AT + timedelta(1)), order(2, 1)) == 1
    assert practice.rows("orders") == 3


def test_an_old_state_that_arrives_late_is_kept_and_never_wins(practice: Practice) -> None:
    land(order(1, 2, AT + timedelta(hours=1)))
    assert land(order(1, 1, AT), observed=AT + timedelta(days=1)) == 1
    assert practice.sql(LATEST) == [("gid://shopify/Order/1", "2")]
    assert land(order(1, 2, AT + timedelta(hours=1))) == 0


def test_a_change_without_a_new_updated_at_wins_by_the_time_it_was_observed(practice: Practice) -> None:
    land(order(1, 1))
    assert land(order(1, 2), observed=AT + timedelta(minutes=1)) == 1
    assert practice.sql(LATEST) == [("gid://shopify/Order/1", "2")]


def test_accounts_do_not_see_each_other(practice: Practice) -> None:
    assert land(order(1, 1)) == 1
    assert land(order(1, 1), account="alpine") == 1


def test_a_load_that_did_not_complete_hides_nothing(practice: Practice) -> None:
    land(order(1, 1))
    # As if that load had not committed its end: its rows are there and do not count.
    practice.sql("delete from raw_shopify._dlt_loads")
    assert land(order(1, 1)) == 1
    assert practice.rows("orders") == 1


def test_a_load_that_commits_late_keeps_its_rows(practice: Practice) -> None:
    practice.sql("select 1")
    land(order(1, 1))
    (late,) = practice.sql(
        "delete from raw_shopify._dlt_loads returning load_id, schema_name, status, inserted_at"
    )
    assert land(order(9, 1), account="alpine") == 1
    practice.sql(
        "insert into raw_shopify._dlt_loads (load_id, schema_name, status, inserted_at) "
        "values (%s, %s, %s, now())",
        *late[:3],
    )
    assert practice.sql(
        "select count(*) from raw_shopify.orders r join raw_shopify._dlt_loads l "
        "on l.load_id = r._dlt_load_id"
    ) == [(2,)]
    assert land(order(1, 1)) == 0


def test_an_odd_byte_stops_no_load(practice: Practice) -> None:
    line = b'{"id":"gid://shopify/Order/1","updatedAt":"2026-11-01T12:00:00Z","note":"a\\u0000b"}'
    assert land(line, order(2, 1)) == 2
    assert practice.sql("select document from raw_shopify.orders where id like '%%/1'") == [(line.decode(),)]
    assert land(line, order(3, 1)) == 1


@pytest.mark.parametrize("line", [b"[]", b"{", b'{"name":"x"}', b'{"id":"1","updatedAt":"soon"}'])
def test_a_line_that_is_no_document_is_named_and_the_ones_before_it_land(
    practice: Practice, line: bytes
) -> None:
    with pytest.raises(Exception, match="line 2 is no document"):
        land(order(1, 1), line)
    assert practice.rows("orders") == 1


def test_first_loads_of_four_accounts_at_once(practice: Practice) -> None:
    practice.add_account("kiwi_two", store="kiwi")
    os.environ["SHOPIFY_KIWI_TWO_TOKEN"] = "sandbox-kiwi-token"
    names = ("harbour", "alpine", "kiwi", "kiwi_two")
    running = [
        practice.command("shopify", "--account", name, "--resource", "orders", "--resource", "products")
        for name in names
    ]
    for process in running:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, output + errors
    del os.environ["SHOPIFY_KIWI_TWO_TOKEN"]
    stores = practice.here.sandbox.world.stores
    for name in names:
        assert practice.rows("orders", name) == len(stores[name.removesuffix("_two")].orders)


def test_the_same_account_twice_at_once_lands_everything_once(practice: Practice) -> None:
    wanted = ("shopify", "--account", "kiwi", "--resource", "customers", "-v")
    both = [practice.command(*wanted) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert "another run is under way" in outputs[0][1] + outputs[1][1]
    assert practice.rows("customers") == len(practice.documents("customers"))


KILLED = """
import os, signal
import loaders.common.pipeline as pipeline
import dlt
from dlt.destinations._adbc_jobs import AdbcParquetCopyJob
from dlt.load.load import Load
from loaders.common import load

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def dies_after(method):
    def dying(*given, **named):
        method(*given, **named)
        die()
    return dying

{where}
load("shopify", "kiwi", resources=["orders", "customers"])
"""
INTERRUPTED = """
import os, signal, sys
import loaders.common.pipeline as pipeline
import dlt
from loaders.__main__ import main

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)

{where}
sys.exit(main())
"""
MOMENTS = {
    "while it reads": "from loaders.shopify.deletions import Deletions; Deletions.vendor_count = die",
    "after reading": "dlt.Pipeline.normalize = die",
    "before loading": "pipeline.tables.schema_lock = die",
    "after one table was copied": "AdbcParquetCopyJob.run = dies_after(AdbcParquetCopyJob.run)",
    "before the load is complete": "Load.complete_package = die",
    "after the load is complete": "dlt.Pipeline.load = dies_after(dlt.Pipeline.load)",
}


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_a_killed_run_is_repaired_by_the_next(practice: Practice, moment: str) -> None:
    process = practice.python("-c", KILLED.format(where=MOMENTS[moment]))
    output, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, output + errors
    practice.load(resources=["orders", "customers"])
    world = practice.here.sandbox.world.stores["kiwi"]
    living = [one for one in world.customers.values() if one.merged_into is None]
    assert len(practice.documents("orders")) == practice.rows("orders") == len(world.orders)
    assert len(practice.documents("customers")) == practice.rows("customers") == len(living)
    again = practice.load(resources=["orders", "customers"])
    assert again.rows == 0


def test_a_package_does_not_go_into_a_warehouse_that_was_put_back_meanwhile(practice: Practice) -> None:
    """Its cursors stand behind documents that an older copy of the warehouse has never seen."""
    (first,) = practice.load(resources=["orders"]).load_ids
    practice.advance(days=20)
    assert practice.load(resources=["orders"]).rows
    practice.advance(days=20)
    process = practice.python("-c", KILLED.format(where=MOMENTS["before loading"]))
    process.communicate(timeout=120)
    for table in ("orders", "_dlt_pipeline_state"):
        practice.sql(f"delete from raw_shopify.{table} where _dlt_load_id > %s", first)
    practice.sql("delete from raw_shopify._dlt_loads where load_id > %s", first)
    assert not practice.load(resources=["orders"]).finished_earlier
    assert len(practice.documents("orders")) == len(practice.here.sandbox.world.stores["kiwi"].orders)


def test_what_is_on_demand_has_a_table_and_is_read_only_where_it_is_named(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = tuple(replace(one, on_demand=one.name == "locations") for one in shopify.RESOURCES)
    monkeypatch.setattr(shopify, "RESOURCES", tuple(one for one in resources if one.changes == "whole"))
    assert "locations" not in practice.load().resources
    assert practice.rows("locations") == 0
    days = {"since": "2026-10-01", "until": "2026-10-02"}
    assert practice.load(resources=["locations"], **days).resources["locations"].rows > 0


def test_a_name_that_points_at_another_shop_is_refused(practice: Practice) -> None:
    practice.load(resources=["locations"])
    before = practice.accounts_file.read_text()
    moved = before.replace("/shopify/kiwi", "/shopify/alpine")
    practice.accounts_file.write_text(moved)
    os.environ["SHOPIFY_KIWI_TOKEN"] = "sandbox-alpine-token"
    with pytest.raises(AccountSwitched, match="shopify/kiwi"):
        practice.load(resources=["locations"])
    practice.sql("delete from raw_shopify._dlt_pipeline_state")
    with pytest.raises(AccountSwitched, match="name of its own"):
        practice.load(resources=["orders"])
    assert practice.rows("orders") == 0


@pytest.mark.parametrize("moment", ["after reading", "before loading"])
def test_ctrl_c_ends_without_a_traceback_and_loses_nothing(practice: Practice, moment: str) -> None:
    interrupted = INTERRUPTED.format(where=MOMENTS[moment])
    process = practice.python("-c", interrupted, "shopify", "--account", "kiwi", "--resource", "customers")
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 130, output + errors
    assert "interrupted: the next run completes" in errors
    assert "Traceback" not in output + errors
    practice.load(resources=["customers"])
    assert practice.rows("customers") == len(practice.documents("customers")) > 0
    assert practice.load(resources=["customers"]).rows == 0


def test_ctrl_c_while_it_reads_ends_at_once(web: Web) -> None:
    web.shop.place(1)
    web.shop.latency = 0.5
    process = web.command("woocommerce", "--resource", "orders")
    while not any(path.endswith("/refunds") for path, _ in web.shop.asked):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 130, output + errors
    assert "Traceback" not in output + errors
    assert web.rows("orders") == 0
    assert web.load("orders").rows == 2
