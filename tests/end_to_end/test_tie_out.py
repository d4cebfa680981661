"""Our figures against the platform's own report: in a clean shop nothing is off, and where something is, the
orders and the cause are named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.end_to_end.tie_out_house import DIFFERENT, TieOut, practising, query
from warehouse import Settings

AS_OF = datetime(2026, 3, 20, 9, tzinfo=UTC)
CAUSES = """
    select s.account_id, t.date_day, t.order_id, t.cause
    from marts.fct_tie_out_orders t join marts.dim_store s using (store_key)
    group by 1, 2, 3, 4
"""
# orders that the shop's report counts on another day than ours, and on none
MOVED = """
    select count(*) filter (where r.date_day <> o.order_date), count(*) filter (where r.order_key is null)
    from marts.fct_orders o
    left join marts.fct_woocommerce_revenue r on r.order_key = o.order_key and r.is_order
    where o.platform = 'woocommerce' and o.counts_as_sale and not o.is_deleted
"""
LARGEST = """
    select orders.order_id, stores.account_id, orders.order_date, orders.total_sales
    from marts.fct_orders orders join marts.dim_store stores using (store_key)
    where orders.is_placed and not orders.is_edited and orders.sales_reversals = 0 and stores.account_id = %s
        and orders.order_date < '2026-03-19'
    order by orders.total_sales desc limit 1
"""


def house(factory: pytest.TempPathFactory, seed: int) -> AbstractContextManager[TieOut]:
    return practising(factory.mktemp("tie-out"), orders=400, seed=seed, as_of=AS_OF)


@pytest.fixture(scope="module", params=[11, 23])
def clean(
    server: Settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[TieOut]:
    with house(tmp_path_factory, request.param) as found:
        yield found


@pytest.fixture
def broken(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TieOut]:
    with house(tmp_path_factory, 48) as found:
        yield found


def test_a_clean_shop_is_off_by_nothing(clean: TieOut) -> None:
    for days in (0, 1.3, 8):
        clean.live(days)
        clean.day()
        found = query(DIFFERENT)
        assert found == [], "\n".join(map(str, found[:80]))
    clean.test()
    ((days_ok, stores),) = query(
        "select count(*) filter (where status = 'ok'), count(distinct store_key) from marts.fct_tie_out"
    )
    assert days_ok > 1000
    assert stores == 4


@pytest.mark.parametrize("date_type", ["date_paid", "date_completed"])
def test_a_clean_web_shop_ties_out_by_whichever_moment_it_goes(
    server: Settings, tmp_path_factory: pytest.TempPathFactory, date_type: str
) -> None:
    with practising(tmp_path_factory.mktemp("dates"), orders=300, seed=7, as_of=AS_OF) as shop:
        shop.accounts = {name: shop.accounts[name] for name in ("ecb", "woocommerce")}
        shop.set("linden", date_type=date_type)
        for days in (0, 1.3):
            shop.live(days)
            shop.day()
            assert query(DIFFERENT) == []
        ((moved, undated),) = query(MOVED)
        assert moved > 10
        assert undated > 0
        # the owner changes it: old days move, and their report is read once in full
        shop.set("linden", date_type="date_created")
        shop.load(full=True)
        shop.day()
        assert query(DIFFERENT) == []
        assert query(MOVED) == [(0, 0)]


def test_an_order_that_is_missing_here_is_named(broken: TieOut) -> None:
    broken.day()
    ((order, store, day, total),) = query(LARGEST, "harbour")
    query("delete from raw_shopify.orders where id = %s and account_id = %s", order, store)
    broken.build("--full-refresh", "--exclude", "tag:tie_out", "resource_type:unit_test")
    assert {(row[0], row[1], row[5]) for row in query(DIFFERENT)} == {(store, day, "unexplained")}
    assert broken.ask() == [("shopify", store, day)]
    assert query(CAUSES) == [(store, day, order, "missing here")]
    assert {row[5] for row in query(DIFFERENT)} == {"explained"}
    residual = "select residual from marts.fct_tie_out_orders where measure = 'total_sales'"
    assert query(residual) == [(-Decimal(total),)]
    status = broken.build("--select", "tag:tie_out")
    assert status["assert_no_day_is_unexplained"] == "pass"
    assert status["assert_no_day_has_to_be_explained"] == "warn"


def test_what_happened_between_our_load_and_their_report_is_told_apart(broken: TieOut) -> None:
    broken.day()
    loaded_until = broken.here.sandbox.now()
    broken.live(3)
    broken.load_reports()
    broken.run()
    assert broken.ask()
    causes = query(CAUSES)
    assert {status for *_, status in query(DIFFERENT)} == {"explained"}
    # what each order really is, once everything is loaded
    broken.day()
    assert query(DIFFERENT) == query(CAUSES) == []
    placed = {
        row[0]
        for row in query(
            "select order_id from staging.stg_shopify__orders where created_at > %s", loaded_until
        )
    }
    edited = {
        row[0]
        for row in query(
            "select o.order_id from staging.stg_shopify__order_sales s "
            "join staging.stg_shopify__orders o using (order_key) "
            "where s.agreement_type = 'OrderEditAgreement' and s.happened_at > %s",
            loaded_until,
        )
    }
    for _, _, order, cause in causes:
        expected = "missing here" if order in placed else "edit" if order in edited else "late load"
        assert cause == expected, order
    assert {cause for *_, cause in causes} == {"missing here", "edit", "late load"}
