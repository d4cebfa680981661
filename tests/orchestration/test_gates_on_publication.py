"""The gates on the marts see what is wrong with what was published."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest
from psycopg2.extensions import connection as Connection

import warehouse
from orchestration import checks
from orchestration.gates import Verdict, judge, mart_gates
from warehouse import Settings

# The columns that the gates look at, as the models make them: one order of 100.00 in one day, and its ads.
MARTS = """
create table marts.fct_sales as select 's1' as sale_key, 'harbour' as store_key, 'o1' as order_key,
    'order' as event_type, 'product' as line_type, true as counts_as_sale, 120.00 as gross_amount,
    20.00 as discount_amount, 100.00 as net_amount, 20.00 as tax_amount, 120.00 as total_amount,
    'GBP' as currency_code, date '2026-11-20' as order_date, date '2026-11-20' as booked_date,
    timestamptz '2026-11-20 06:00Z' as observed_at;
create table marts.fct_orders as select 'o1' as order_key, '#1001' as order_name, false as is_deleted,
    120.00 as ledger_total_amount, 120.00 as platform_total_amount, 0.00 as platform_discrepancy_amount,
    'GBP' as currency_code, date '2026-11-20' as order_date, timestamptz '2026-11-20 06:00Z' as observed_at;
create table marts.agg_daily_summary as select 'harbour' as store_key, date '2026-11-20' as date_day,
    100.00 as net_sales, 0.00 as shipping, 20.00 as taxes, 0.00 as duties, 0.00 as fees,
    120.00 as total_sales, 138.00 as reporting_total_sales, 'GBP' as currency_code;
create table marts.fct_ad_spend as select 'a1' as ad_spend_key, 'harbour' as scope_key,
    date '2026-11-20' as date_day, 7.50 as spend_amount, 8.63 as reporting_spend_amount,
    'GBP' as currency_code, timestamptz '2026-11-20 06:00Z' as observed_at;
create table marts.agg_daily_channel as select 'harbour' as scope_key, date '2026-11-20' as date_day,
    'Paid Search' as channel_group, 8.63 as reporting_ad_spend, 138.00 as reporting_total_sales;
create table marts.dim_customer as select 'c1' as customer_key, 'low' as segment;
create table marts.dim_store as select 'harbour' as store_key, 'GBP' as currency_code;
"""


@pytest.fixture
def marts(database: Settings) -> Iterator[Connection]:
    connection = warehouse.connect("transformer")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(MARTS)
    yield connection
    connection.close()


def broken() -> dict[str, list[str]]:
    return {
        verdict.gate.table: [found.rule.says for found in verdict.findings if not found.passed]
        for verdict in judge(mart_gates())
        if not verdict.passed
    }


def test_sound_marts_pass(marts: Connection) -> None:
    verdicts = list(judge(mart_gates()))
    assert [
        (verdict.gate.table, verdict.rows) for verdict in verdicts if not (verdict.passed and verdict.rows)
    ] == []


@pytest.mark.parametrize(
    ("harm", "table", "rule"),
    [
        ("update marts.fct_sales set currency_code = '?'", "fct_sales", "three-letter"),
        ("update marts.fct_sales set event_type = 'gift'", "fct_sales", "event type is one of"),
        ("update marts.fct_sales set tax_amount = 21", "fct_sales", "total is net and tax"),
        (
            "update marts.fct_orders set platform_total_amount = 99",
            "fct_orders",
            "the platform's current total",
        ),
        (
            "update marts.fct_orders set platform_total_amount = null",
            "fct_orders",
            "the platform's current total",
        ),
        ("update marts.agg_daily_summary set taxes = 0", "agg_daily_summary", "total sales is"),
        (
            "update marts.agg_daily_summary set net_sales = 90, total_sales = 110",
            "agg_daily_summary",
            "are the ledger's",
        ),
        (
            "insert into marts.agg_daily_summary select * from marts.agg_daily_summary",
            "agg_daily_summary",
            "one row per store and day",
        ),
        ("update marts.fct_ad_spend set currency_code = '?'", "fct_ad_spend", "three-letter"),
        ("update marts.fct_ad_spend set spend_amount = -1", "fct_ad_spend", "less than nothing"),
        (
            "update marts.agg_daily_channel set reporting_ad_spend = 8.62",
            "agg_daily_channel",
            "the ad spend of the last 35 days is that of the accounts",
        ),
        (
            "update marts.agg_daily_channel set reporting_total_sales = 137",
            "agg_daily_channel",
            "the sales of the channels are those of the store",
        ),
        ("update marts.dim_customer set segment = 'gold'", "dim_customer", "segment is one of"),
        ("truncate marts.dim_store", "dim_store", "there is a store"),
    ],
)
def test_harm_is_seen_where_it_is_done(marts: Connection, harm: str, table: str, rule: str) -> None:
    with marts.cursor() as cursor:
        cursor.execute(harm)
    seen = broken()
    assert list(seen) == [table]
    assert any(rule in says for says in seen[table]), seen


def test_a_day_of_the_ledger_without_a_row_is_seen(marts: Connection) -> None:
    with marts.cursor() as cursor:
        cursor.execute("insert into marts.fct_sales select * from marts.fct_sales")
        cursor.execute("update marts.fct_sales set booked_date = '2026-11-21' where ctid = '(0,2)'")
    assert broken() == {"agg_daily_summary": ["the net sales of the last 35 days are the ledger's"]}


def test_a_verdict_is_shown_with_its_rules_and_a_few_keys(marts: Connection) -> None:
    with marts.cursor() as cursor:
        cursor.execute("update marts.fct_sales set tax_amount = 21")
    verdict: Verdict = next(judge(mart_gates()))
    shown = checks.result(dg.AssetCheckKey(dg.AssetKey(["marts", "fct_sales"]), checks.PUBLICATION), verdict)
    assert not shown.passed
    assert shown.severity is dg.AssetCheckSeverity.ERROR
    assert "total is net and tax (1 rows)" in (shown.description or "")
    table = shown.metadata["rules"]
    assert isinstance(table, dg.TableMetadataValue)
    (row,) = [record.data for record in table.records if record.data["kept"] != "yes"]
    assert row["such as"].startswith("sale_key s1")  # type: ignore[union-attr]


def test_before_anything_is_built_a_gate_says_what_to_do(database: Settings) -> None:
    verdict = next(judge(mart_gates()))
    shown = checks.result(dg.AssetCheckKey(dg.AssetKey(["marts", "fct_sales"]), checks.PUBLICATION), verdict)
    assert not shown.passed
    assert shown.severity is dg.AssetCheckSeverity.WARN
    assert "does not exist yet" in (shown.description or "")
