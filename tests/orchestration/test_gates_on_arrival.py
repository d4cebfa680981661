"""Real Great Expectations on a real raw log: good rows pass, each kind of bad row breaks its own rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

import warehouse
from loaders.common import tables
from orchestration.gates import Verdict, judge, raw_gates
from orchestration.platforms import Platform, platforms
from warehouse import Settings

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.fixture
def shopify() -> Platform:
    return next(one for one in platforms() if one.name == "shopify")


@pytest.fixture
def log(database: Settings, shopify: Platform) -> Iterator[Connection]:
    """An empty raw log with dlt's own tables beside it."""
    connection = warehouse.connect("loader")
    connection.autocommit = True
    tables.ensure(connection, "shopify", [resource.name for resource in shopify.resources])
    with connection.cursor() as cursor:
        cursor.execute(
            "create table raw_shopify._dlt_loads (load_id text, schema_name text, status bigint, "
            "inserted_at timestamptz, schema_version_hash text);"
            "create table raw_shopify._dlt_pipeline_state (pipeline_name text, _dlt_load_id text)"
        )
    yield connection
    connection.close()


def order(number: int, **changes: Any) -> dict[str, Any]:
    """An order as the loader lands it, as far as the gates look."""
    keys = (
        "name createdAt processedAt updatedAt currencyCode test currentTotalPriceSet lineItems shippingLines "
        "discountApplications transactions fulfillments refunds agreements"
    )
    return {"id": f"gid://shopify/Order/{number}", **dict.fromkeys(keys.split()), **changes}


def land(
    log: Connection, load: str, rows: list[Mapping[str, Any]], *, at: datetime = NOW, status: int = 0
) -> None:
    """One completed load of the account harbour into orders."""
    with log.cursor() as cursor:
        cursor.execute(
            "insert into raw_shopify._dlt_loads values (%s, 'shopify', %s, %s, 'x')", (load, status, at)
        )
        cursor.execute("insert into raw_shopify._dlt_pipeline_state values ('shopify_harbour', %s)", (load,))
        for row in rows:
            values = {
                "id": "gid://shopify/Order/1",
                "updated_at": NOW,
                "is_deleted": False,
                "document": json.dumps(order(1)),
                **row,
            }
            cursor.execute(
                "insert into raw_shopify.orders values ('harbour', %s, %s, %s, %s, %s, 'hash', %s)",
                (values["id"], values["updated_at"], NOW, values["is_deleted"], values["document"], load),
            )


def judge_orders(shopify: Platform) -> Verdict:
    return next(judge(gate for gate in raw_gates(shopify) if gate.table == "orders"))


def broken(verdict: Verdict) -> dict[str, int]:
    return {found.rule.says: found.broken for found in verdict.findings if not found.passed}


def test_good_rows_and_tombstones_pass(log: Connection, shopify: Platform) -> None:
    land(log, "1", [{}, {"id": "gid://shopify/Order/2", "document": None, "is_deleted": True}])
    verdict = judge_orders(shopify)
    assert verdict.passed, broken(verdict)
    assert verdict.rows == 2
    assert len(verdict.findings) >= 6


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"document": "{no json"}, "every document can be read as JSON"),
        ({"document": None}, "a row is either a document or the mark of a deletion"),
        ({"is_deleted": True}, "a row is either a document or the mark of a deletion"),
        ({"id": "1001"}, "every id has the vendor's form"),
        ({"document": json.dumps({"id": "x"})}, "every document has the fields that the models read"),
        ({"updated_at": NOW + timedelta(days=9)}, "no document was changed after it was read"),
    ],
    ids=["no json", "nothing", "document and deletion", "id", "fields", "time"],
)
def test_a_bad_row_breaks_its_own_rule_and_is_named(
    log: Connection, shopify: Platform, row: dict[str, Any], rule: str
) -> None:
    good = [{"id": f"gid://shopify/Order/{number}"} for number in range(2, 12)]
    land(log, "1", [*good, row])
    verdict = judge_orders(shopify)
    assert broken(verdict) == {rule: 1}
    (finding,) = [found for found in verdict.findings if not found.passed]
    assert finding.sample[0].startswith(f"account_id harbour, id {row.get('id', 'gid://shopify/Order/1')}")
    assert "{no json" not in " ".join(finding.sample), "documents hold personal data: only keys leave"
    assert verdict.is_error is (finding.rule.severity == "error")


def test_a_null_character_is_healed_by_staging_and_no_fault(log: Connection, shopify: Platform) -> None:
    land(log, "1", [{"document": json.dumps(order(1, note="a\u0000b"))}])
    assert judge_orders(shopify).passed


def test_only_what_arrived_lately_and_completely_is_looked_at(log: Connection, shopify: Platform) -> None:
    land(log, "1", [{"document": "{no json"}], at=NOW - timedelta(days=3))
    land(log, "2", [{"id": "gid://shopify/Order/2"}])
    land(log, "3", [{"document": "{no json"}], status=1)
    verdict = judge_orders(shopify)
    assert verdict.passed, broken(verdict)
    assert verdict.rows == 1


def test_a_loaded_account_without_orders_is_seen(log: Connection, shopify: Platform) -> None:
    land(log, "1", [{}])
    with log.cursor() as cursor:
        cursor.execute("insert into raw_shopify._dlt_pipeline_state values ('shopify_kiwi', '2')")
    verdict = judge_orders(shopify)
    assert broken(verdict) == {"every account that was loaded has at least 1 of them": 1}


def test_a_resource_that_stays_behind_is_seen(log: Connection, shopify: Platform) -> None:
    land(log, "1", [{}])
    (verdict,) = judge(gate for gate in raw_gates(shopify) if gate.table == "sales_reports")
    assert broken(verdict) == {"they are not more than 48 hours behind what else arrived": 1}
    assert not verdict.is_error


def test_a_table_that_does_not_exist_yet_is_no_crash(database: Settings, shopify: Platform) -> None:
    verdicts = list(judge(raw_gates(shopify)))
    assert len(verdicts) == len(shopify.resources)
    assert not any(verdict.exists for verdict in verdicts)
