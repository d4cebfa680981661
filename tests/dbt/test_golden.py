"""Orders whose right answers were worked out by hand, each in a shop of its own, through one build."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.dbt.conftest import House
from tests.dbt.documents import Document, OrderDocument, gid, shop
from tests.dbt.rawlog import Version, land

DAY = timedelta(days=1)
MONDAY = datetime(2026, 2, 2, 12, tzinfo=UTC)
ZONES = {
    "g14_london": ("Europe/London", [(2026, 3, 29), (2026, 10, 25)]),
    "g14_new_york": ("America/New_York", [(2026, 3, 8), (2026, 11, 1)]),
    "g14_auckland": ("Pacific/Auckland", [(2026, 4, 5), (2026, 9, 27)]),
    "g14_lord_howe": ("Australia/Lord_Howe", [(2026, 4, 5), (2026, 10, 4)]),
}


def _lines_are_totals() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    order.sale("15600.00", line=order.line("1.95", quantity=8000), quantity=8000)
    order.sale("5560.00", line=order.line("6.95", quantity=800, product=2), quantity=800)
    order.agree("Order", MONDAY)
    yield order


def _tax_in_prices() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    order.sale("75.00", line=order.line("100.00"), quantity=1, tax="6.82", discount="22.73")
    order.agree("Order", MONDAY)
    yield order


def _refund_in_two_steps() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    line = order.line("50.00")
    order.sale("50.00", line=line, quantity=1)
    order.agree("Order", MONDAY)
    order.sale("-15.00", line=line)  # money without goods, on the line itself
    order.agree("Refund", MONDAY + DAY)
    order.sale("-35.00", line=line, quantity=-1)
    order.agree("Refund", MONDAY + 2 * DAY)
    yield order


def _edit_on_the_next_day() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    order.sale("100.00", line=order.line("100.00"), quantity=1)
    order.agree("Order", MONDAY)
    order.sale("50.00", line=order.line("50.00", product=2), quantity=1)
    order.agree("OrderEdit", MONDAY + DAY)
    yield order


def _two_gateways() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    order.sale("69.99", line=order.line("63.63"), quantity=1, tax="6.36")
    order.agree("Order", MONDAY)
    order.pay("49.99", MONDAY)
    order.pay("20.00", MONDAY, kind="AUTHORIZATION", gateway="paypal")
    order.pay("20.00", MONDAY, kind="CAPTURE", gateway="paypal")
    order.pay("20.00", MONDAY, kind="SALE", status="FAILURE")
    order.sale("-10.00", line_type="ADJUSTMENT")
    order.agree("Refund", MONDAY + DAY)
    order.pay("10.00", MONDAY + DAY, kind="REFUND")
    yield order


def _two_nameless_guests() -> Iterator[OrderDocument]:
    for number in (1, 2):
        order = OrderDocument(number, MONDAY)
        order.sale("10.00", line=order.line("10.00"), quantity=1)
        order.agree("Order", MONDAY)
        yield order


def _return_before_money() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY - 7 * DAY, customer=1)
    line = order.line("80.00")
    order.sale("80.00", line=line, quantity=1)
    order.agree("Order", MONDAY - 7 * DAY)
    order.pay("80.00", MONDAY - 7 * DAY)
    order.sale("-80.00", line=line, quantity=-1, action="RETURN")
    order.agree("Return", MONDAY)
    order.agree("Refund", MONDAY + 3 * DAY)
    order.pay("80.00", MONDAY + 3 * DAY, kind="REFUND")
    yield order


def _gift_card() -> Iterator[OrderDocument]:
    sold = OrderDocument(1, MONDAY, customer=1)
    sold.sale("50.00", line=sold.line("50.00", gift_card=True), quantity=1, line_type="GIFT_CARD")
    sold.agree("Order", MONDAY)
    sold.pay("50.00", MONDAY)
    yield sold
    spent = OrderDocument(2, MONDAY + DAY, customer=1)
    spent.sale("80.00", line=spent.line("80.00"), quantity=1)
    spent.agree("Order", MONDAY + DAY)
    spent.pay("50.00", MONDAY + DAY, gateway="gift_card")
    spent.pay("30.00", MONDAY + DAY)
    yield spent


def _returns_and_an_exchange() -> Iterator[OrderDocument]:
    order = OrderDocument(1, MONDAY, customer=1)
    line = order.line("33518.25", quantity=40)
    order.sale("1340730.00", line=line, quantity=40)
    order.agree("Order", MONDAY)
    for amount, quantity in (("-670365.00", -20), ("-33518.25", -1)):
        order.sale(amount, line=line, quantity=quantity)
        order.agree("Refund", MONDAY)
    order.sale("-33518.25", line=line, quantity=-1)
    order.sale("885.95", line=order.line("885.95", product=2), quantity=1)
    order.agree("Return", MONDAY + 4 * DAY)
    yield order


def _half_past_midnight(zone: str, days: list[tuple[int, int, int]]) -> Iterator[OrderDocument]:
    moments = [datetime(*day, hour, 30, tzinfo=ZoneInfo(zone)) for day in days for hour in (0, 23)]
    for number, moment in enumerate(moments, 1):
        at = moment.astimezone(UTC)
        order = OrderDocument(number, at, customer=1)
        order.sale("10.00", line=order.line("10.00"), quantity=1)
        order.agree("Order", at)
        yield order


CASES = {
    "g1": _lines_are_totals(),
    "g2": _tax_in_prices(),
    "g3": _refund_in_two_steps(),
    "g4": _edit_on_the_next_day(),
    "g5": _two_gateways(),
    "g7": _two_nameless_guests(),
    "g8": _return_before_money(),
    "g9": _gift_card(),
    "g11": _returns_and_an_exchange(),
    **{account: _half_past_midnight(*zone) for account, zone in ZONES.items()},
}


@pytest.fixture(scope="module")
def golden(module_house: House) -> House:
    versions = []
    for account, orders in CASES.items():
        zone = ZONES.get(account, ("Europe/London", []))[0]
        body: Document = shop(account, zone=zone, currency="GBP", updated_at=MONDAY)
        versions.append(Version(account, "shop", gid("Shop", 1), body, MONDAY, MONDAY))
        versions += [
            Version(account, "orders", one.id, one.document(), one.updated_at, MONDAY + 9 * DAY)
            for one in orders
        ]
    land(module_house.raw, versions)
    module_house.build("--vars", "test_scope: all")
    return module_house


def days(house: House, account: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of the account's days, in their order."""
    return house.rows(
        f"select {', '.join(columns)} from marts.agg_daily_summary join marts.dim_store using (store_key) "
        "where account_id = %s order by date_day",
        account,
    )


def orders(house: House, account: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of the account's orders, in the order they were placed."""
    return house.rows(
        f"select {', '.join(columns)} from marts.fct_orders join marts.dim_store using (store_key) "
        "where account_id = %s order by placed_at, order_name",
        account,
    )


def amounts(*numbers: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers)


def test_g1_a_line_total_is_not_multiplied_again(golden: House) -> None:
    assert days(golden, "g1", "gross_sales", "net_sales", "units") == [(*amounts("21160", "21160"), 8800)]


def test_g2_tax_leaves_the_price_before_the_discount(golden: House) -> None:
    columns = ("gross_sales", "discounts", "net_sales", "taxes", "total_sales")
    assert days(golden, "g2", *columns) == [amounts("90.91", "22.73", "68.18", "6.82", "75.00")]


def test_g3_partial_and_final_refund_take_back_the_order_once(golden: House) -> None:
    assert days(golden, "g3", "sales_reversals") == [(Decimal(0),), (Decimal(-15),), (Decimal(-35),)]
    assert orders(golden, "g3", "sales_reversals", "net_sales") == [amounts("-50", "0")]


def test_g4_an_edit_belongs_to_its_own_day_and_is_no_order(golden: House) -> None:
    columns = (
        "orders",
        "net_sales",
        "net_sales_by_order",
        "average_order_value",
        "average_order_value_by_order",
    )
    assert days(golden, "g4", *columns) == [
        (1, *amounts("100", "150", "100", "100")),
        (0, *amounts("50", "0"), None, None),
    ]


def test_g5_two_gateways_do_not_double_the_order(golden: House) -> None:
    columns = ("paid_amount", "refunded_amount", "taxes", "total_sales", "adjustments")
    assert orders(golden, "g5", *columns) == [amounts("69.99", "10.00", "6.36", "59.99", "-10.00")]


def test_g7_guests_without_email_are_people_of_their_own(golden: House) -> None:
    assert days(golden, "g7", "orders", "new_customers", "returning_customers") == [(2, 2, 0)]


def test_g8_goods_come_back_on_monday_money_on_thursday(golden: House) -> None:
    assert days(golden, "g8", "date_day::text", "net_sales", "units_returned") == [
        ("2026-01-26", Decimal(80), 0),
        ("2026-02-02", Decimal(-80), -1),
    ]
    assert orders(golden, "g8", "refunded_amount") == [(Decimal(80),)]


def test_g9_a_card_sold_is_a_liability_and_paying_with_it_is_not(golden: House) -> None:
    assert days(golden, "g9", "gross_sales", "gift_cards_sold", "total_sales") == [
        amounts("0", "50", "0"),
        amounts("80", "0", "80"),
    ]


def test_g11_returns_and_an_exchange_leave_the_platforms_current_total(golden: House) -> None:
    columns = ("gross_sales", "sales_reversals", "net_sales", "ledger_total_amount", "platform_total_amount")
    assert orders(golden, "g11", *columns) == [
        amounts("1341615.95", "-737401.50", "604214.45", "604214.45", "604214.45")
    ]


@pytest.mark.parametrize("account", ZONES)
def test_g14_days_with_a_clock_change_hold_their_first_and_last_hour(golden: House, account: str) -> None:
    expected = [("{:04}-{:02}-{:02}".format(*day), 2) for day in ZONES[account][1]]
    assert days(golden, account, "date_day::text", "orders") == expected
