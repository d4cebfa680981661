"""What is not a clean order: counted, shown, and never in the way of the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.dbt.conftest import House, nodes
from tests.dbt.documents import OrderDocument, gid, shop
from tests.dbt.rawlog import Version, land

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
LATER = AT + timedelta(days=1)
COUNTS = "select {} from marts.fct_quality_counts where resource = 'orders'"


def sold(number: int, *, test: bool = False) -> OrderDocument:
    order = OrderDocument(number, AT, customer=1, test=test)
    order.sale("12.00", line=order.line("10.00"), quantity=1, tax="2.00")
    order.agree("Order", AT)
    return order


def landed(order: OrderDocument, **changes: object) -> Version:
    return Version("harbour", "orders", order.id, order.document() | changes, order.updated_at, AT)


def text(order: OrderDocument, document: str | None) -> Version:
    return Version("harbour", "orders", order.id, document, LATER, LATER)


@pytest.fixture(scope="module")
def messy(module_house: House) -> House:
    """Ten orders, one of each kind of trouble."""
    body = shop("harbour", zone="Europe/Nowhere", currency="GBP", updated_at=AT)
    broken, healed = sold(5), json.dumps(sold(6).document()).replace("#6", r"#6\u0000")
    odd, unbooked, returned = sold(7), sold(8), OrderDocument(9, AT, customer=1)
    odd.agreements[0]["reason"] = "SOMETHING_NEW"
    odd.booked = Decimal(0)
    odd.adjusted = Decimal("12.00")
    unbooked.agreements[0]["sales"][0]["totalAmount"]["shopMoney"]["amount"] = "twelve"
    unbooked.booked = Decimal(0)
    returned.sale("-5.00", line=returned.line("5.00"), quantity=-1)
    returned.agree("Return", AT)
    land(
        module_house.raw,
        [
            Version("harbour", "shop", gid("Shop", 1), body, AT, AT),
            landed(sold(1)),
            landed(sold(2, test=True)),
            landed(sold(3)),
            landed(sold(4)),
            text(broken, '{"id": "gid://shopify/Order/5", "na'),
            text(sold(6), healed),
            landed(odd),
            landed(unbooked),
            landed(returned),
            landed(sold(10), processedAt="yesterday", createdAt="yesterday"),
        ],
    )
    land(module_house.raw, [text(sold(3), None), text(sold(4), "<html>502 Bad Gateway</html>")])
    module_house.dbt("run")
    return module_house


def test_every_raw_thing_is_accounted_for(messy: House) -> None:
    names = "raw_things, modelled_things, test_things, deleted_things, excluded_things, unparsable_things"
    assert messy.rows(COUNTS.format(names)) == [(10, 6, 1, 1, 1, 1)]
    assert messy.rows(COUNTS.format("return_only_orders, adjustment_only_orders")) == [(1, 1)]


def test_an_unreadable_version_leaves_the_older_one_in_use(messy: House) -> None:
    assert messy.one("select is_placed from marts.fct_orders where order_name = '#4'") is True
    assert messy.one("select count(*) from staging.stg_shopify__unparsable") == 2


def test_a_null_character_is_healed(messy: House) -> None:
    assert messy.one("select order_name from marts.fct_orders where order_id like '%%/6'") == "#6\ufffd"


def test_a_deleted_order_keeps_its_row_and_loses_its_sales(messy: House) -> None:
    deleted = "select is_deleted, is_placed, net_sales from marts.fct_orders where order_name = '#3'"
    assert messy.rows(deleted) == [(True, False, Decimal(0))]


def test_a_reason_never_seen_is_an_adjustment(messy: House) -> None:
    line = (
        "select line_type, sale_class from marts.fct_sales join marts.fct_orders using (order_key) "
        "where order_name = '#7'"
    )
    assert messy.rows(line) == [("adjustment", "reversal")]


def test_a_return_without_its_order_is_no_order(messy: House) -> None:
    flags = "select is_placed, is_return_only from marts.fct_orders where order_name = '#9'"
    assert messy.rows(flags) == [(False, True)]
    assert messy.one("select sum(orders) from marts.agg_daily_summary") == 5


def test_the_checks_name_what_is_odd_and_stop_nothing(messy: House) -> None:
    result = messy.dbt("test", "--select", "path:tests/quality", "--vars", "test_scope: all")
    status = {one.node.name: (str(one.status), one.failures) for one in nodes(result)}
    assert status["assert_every_document_can_be_read"] == ("warn", 2)
    assert status["assert_every_kind_of_sale_is_known"] == ("warn", 1)
    assert status["assert_every_sale_can_be_booked"] == ("warn", 1)
    assert status["assert_every_time_zone_is_known"] == ("warn", 1)
    assert status["assert_every_raw_thing_is_accounted_for"] == ("pass", 0)


BREAKS = {
    "assert_order_ledger_equals_platform_total": "update marts.fct_orders set platform_total_amount = 1",
    "assert_adjustments_equal_refund_discrepancies": (
        "update marts.fct_orders set platform_discrepancy_amount = 1"
    ),
    "assert_orders_sum_up_the_ledger": "update marts.fct_orders set units = units + 1",
    "assert_items_sum_up_the_ledger": "delete from marts.fct_order_items",
    "assert_days_sum_up_the_ledger": "update marts.agg_daily_summary set units_by_order = 77",
    "assert_every_ledger_day_has_a_summary": "delete from marts.agg_daily_summary",
    "assert_refunds_never_exceed_what_was_sold": "update marts.fct_order_items set units_returned = -9",
    "assert_weeks_sum_up_the_days": "update marts.agg_weekly_trends set units = units + 1",
    "assert_the_calendar_has_no_gap": "delete from marts.dim_date where date_day = '2026-06-01'",
}


@pytest.mark.parametrize("scope", ["touched", "all"])
@pytest.mark.parametrize("name", BREAKS)
def test_every_identity_fails_when_it_is_broken(messy: House, name: str, scope: str) -> None:
    saved = {"fct_orders", "fct_order_items", "agg_daily_summary", "agg_weekly_trends", "dim_date"}
    for table in saved:
        messy.rows(f"create table marts.saved_{table} as select * from marts.{table}")
    messy.rows(BREAKS[name])
    try:
        result = messy.dbt("test", "--select", name, "--vars", f"test_scope: {scope}", check=False)
    finally:
        for table in saved:
            messy.rows(f"truncate marts.{table}")
            messy.rows(f"insert into marts.{table} select * from marts.saved_{table}")
            messy.rows(f"drop table marts.saved_{table}")
    assert [str(one.status) for one in nodes(result) if one.node.name == name] == ["fail"]
