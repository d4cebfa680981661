"""Asking again about days that do not tie out, and the verdict as an asset check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from psycopg2.extensions import connection as Connection

import warehouse
from loaders.common import LoaderError, LoadReport, Resource
from orchestration.platforms import Platform
from orchestration.tie_out import Question, StoreVerdict, ask, asking, check, questions, verdicts
from warehouse import Settings, get_settings

# The columns that are read, as the models make them.
MARTS = """
create table marts.dim_store (store_key text, platform text, account_id text, store_name text,
    currency_code text);
create table marts.fct_tie_out (store_key text, date_day date, measure text, ours numeric, theirs numeric,
    residual numeric, is_off boolean, status text, asked_at timestamptz);
create table marts.fct_tie_out_orders (store_key text, date_day date, order_key text, order_name text,
    measure text, cause text, residual numeric);
insert into marts.dim_store values ('h', 'shopify', 'harbour', 'Harbour', 'GBP'),
    ('k', 'shopify', 'kiwi', 'Kiwi', 'NZD'), ('c', 'shopify', 'closed', 'Closed', 'USD');
"""
SHOPIFY = Platform(
    "shopify",
    (
        Resource("shop", "the shop", "whole", identity=True),
        Resource("sales_reports", "the report", "days"),
        Resource("order_reports", "orders of a day", "days", on_demand=True),
    ),
    {},
)
ASKED = ("sales_reports", "order_reports")


@pytest.fixture
def marts(database: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    path = tmp_path / "accounts.toml"
    path.write_text("".join(f'[shopify.{name}]\nshop = "{name}.example"\n' for name in ("harbour", "kiwi")))
    monkeypatch.setenv("ACCOUNTS_FILE", str(path))
    get_settings.cache_clear()
    connection = warehouse.connect("transformer")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(MARTS)
    yield connection
    connection.close()


def day(marts: Connection, when: str, status: str, *, store: str = "h", asked_at: str | None = None) -> None:
    """One day of one store whose net sales are as `status` says."""
    off = Decimal(0) if status in ("ok", "provisional") else Decimal("12.50")
    with marts.cursor() as cursor:
        cursor.execute(
            "insert into marts.fct_tie_out values (%s, %s, 'net_sales', %s, 100, %s, true, %s, %s), "
            "(%s, %s, 'orders', 2, 2, 0, false, 'ok', %s)",
            (store, when, 100 + off, off, status, asked_at, store, when, asked_at),
        )


def test_before_anything_is_built_there_is_nothing_to_ask_and_no_verdict(database: Settings) -> None:
    assert questions([SHOPIFY]) == []
    assert verdicts() == []


def test_days_that_are_off_are_asked_about_in_windows_without_a_gap(marts: Connection) -> None:
    for when, status in (
        ("2026-11-01", "unexplained"),
        ("2026-11-02", "explained"),
        ("2026-11-03", "ok"),
        ("2026-11-04", "unexplained"),
        ("2026-11-20", "provisional"),
    ):
        day(marts, when, status)
    day(marts, "2026-11-04", "not available", store="k")
    day(marts, "2026-11-04", "unexplained", store="c")
    assert questions([SHOPIFY]) == [
        Question("shopify", "harbour", ASKED, date(2026, 11, 1), date(2026, 11, 2)),
        Question("shopify", "harbour", ASKED, date(2026, 11, 4), date(2026, 11, 4)),
    ], "what ties out, is open, cannot be compared or has no account any more is not asked about"


def test_few_days_at_a_time_those_never_asked_about_first_then_the_newest(marts: Connection) -> None:
    for number in range(10, 20):
        day(marts, f"2026-11-{number}", "explained", asked_at="2026-11-21")
    day(marts, "2025-01-01", "unexplained")
    day(marts, "2026-11-05", "unexplained", store="k")
    found = questions([SHOPIFY], most=3)
    assert [(one.account, one.since, one.until) for one in found] == [
        ("harbour", date(2025, 1, 1), date(2025, 1, 1)),
        ("harbour", date(2026, 11, 18), date(2026, 11, 19)),
        ("kiwi", date(2026, 11, 5), date(2026, 11, 5)),
    ]


def test_a_platform_without_resources_on_demand_is_not_asked(marts: Connection) -> None:
    day(marts, "2026-11-01", "unexplained")
    assert questions([replace(SHOPIFY, resources=SHOPIFY.resources[:2])]) == []


def test_one_that_cannot_be_asked_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(platform: str, account: str, **asked: Any) -> LoadReport:
        assert asked["resources"] == ASKED
        assert asked["since"] == asked["until"] == date(2026, 11, 1)
        if account == "shut":
            raise LoaderError("shopify/shut", "no key.", "Set it.")
        if account == "odd":
            raise KeyError("rows")
        return LoadReport(platform, account)

    monkeypatch.setattr(asking, "load", load)
    one = Question("shopify", "shut", ASKED, date(2026, 11, 1), date(2026, 11, 1))
    answers = list(ask([one, replace(one, account="odd"), replace(one, account="harbour")]))
    assert [answer.error.cause if answer.error else None for answer in answers] == [
        "no key.",
        "an unexpected failure (KeyError); nothing of shopify/odd 2026-11-01 is landed.",
        None,
    ]
    assert answers[2].report is not None


def judged() -> dg.AssetCheckResult:
    return check.result(verdicts())


def test_what_ties_out_passes_and_what_is_open_fails_nothing(marts: Connection) -> None:
    day(marts, "2026-11-01", "ok")
    day(marts, "2026-11-02", "provisional")
    (store,) = verdicts()
    assert (store.compared, store.status, store.days) == (1, "provisional", {"ok": 1, "provisional": 1})
    assert judged().passed


@pytest.mark.parametrize(
    ("statuses", "severity"),
    [
        (["ok", "explained"], dg.AssetCheckSeverity.WARN),
        (["explained", "unexplained"], dg.AssetCheckSeverity.ERROR),
    ],
)
def test_explained_warns_unexplained_is_an_error(
    marts: Connection, statuses: list[str], severity: dg.AssetCheckSeverity
) -> None:
    for number, status in enumerate(statuses, 1):
        day(marts, f"2026-11-0{number}", status)
    shown = judged()
    assert not shown.passed
    assert shown.severity is severity


def test_the_check_names_days_amounts_orders_and_causes(marts: Connection) -> None:
    day(marts, "2026-11-01", "explained")
    with marts.cursor() as cursor:
        cursor.execute(
            "insert into marts.fct_tie_out_orders values "
            "('h', '2026-11-01', 'o1', '#1001', 'net_sales', 'missing there', 20), "
            "('h', '2026-11-01', 'o1', '#1001', 'total_sales', 'missing there', 12.5), "
            "('h', '2026-11-01', null, null, 'total_sales', 'unknown', 0.5)"
        )
    shown = judged()
    days, orders = shown.metadata["days that are off"], shown.metadata["orders"]
    assert isinstance(days, dg.TableMetadataValue)
    assert isinstance(orders, dg.TableMetadataValue)
    assert [record.data for record in days.records] == [
        {
            "store": "Harbour",
            "day": "2026-11-01",
            "status": "explained",
            "measure": "net_sales",
            "here": "112.50",
            "there": "100",
            "difference": "12.50",
        }
    ]
    assert [
        (one["order"], one["cause"], one["difference"]) for one in (row.data for row in orders.records)
    ] == [
        ("#1001", "missing there", "12.5"),
        ("(no order)", "unknown", "0.5"),
    ]
    assert shown.description == "1 days do not tie out: Harbour 2026-11-01 (explained)"


def test_nothing_to_compare_is_said() -> None:
    shown = check.result([])
    assert shown.description == "Nothing is compared yet: load and build first."
    nothing = StoreVerdict("shopify", "kiwi", "Kiwi", "NZD", {"not available": 30})
    without = check.result([nothing])
    assert without.passed
    assert without.description == "All of 0 days tie out. No report is available of: Kiwi."
