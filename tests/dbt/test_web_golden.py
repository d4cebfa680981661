"""WooCommerce orders with right answers worked out by hand, each in a shop of its own, through one build."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.dbt.conftest import House
from tests.dbt.rawlog import land
from tests.dbt.test_golden import ZONES, amounts, days, orders
from tests.dbt.web_documents import WebOrder, site

DAY = timedelta(days=1)
MONDAY = datetime(2026, 2, 2, 12, tzinfo=UTC)


def _tax_in_prices() -> Iterator[WebOrder]:
    order = WebOrder(1, MONDAY, customer=1)
    order.line("68.18", subtotal="90.91", tax="6.82")
    yield order


def _refund_in_two_steps(rest: str) -> Iterator[WebOrder]:
    order = WebOrder(1, MONDAY, status="refunded", customer=1)
    line = order.line("50.00")
    order.refund("15.00", MONDAY + DAY)
    order.refund(rest, MONDAY + 2 * DAY, order.back(line, rest, quantity=1))
    yield order


def _two_nameless_guests() -> Iterator[WebOrder]:
    for number in (1, 2):
        order = WebOrder(number, MONDAY)
        order.line("10.00")
        yield order


def _coupon_and_shipping(*refunds: str) -> Iterator[WebOrder]:
    order = WebOrder(1, MONDAY, customer=1)
    order.line("80.00", subtotal="100.00", quantity=4, tax="7.00")
    order.ship("10.00")
    for amount in refunds:
        order.refund(amount, MONDAY)
    yield order


def _three_statuses() -> Iterator[WebOrder]:
    for number, (status, amount) in enumerate(
        [("refunded", "50.00"), ("completed", "100.00"), ("failed", "75.00")], 1
    ):
        order = WebOrder(number, MONDAY, status=status, customer=number)
        line = order.line(amount)
        if status == "refunded":
            order.refund(amount, MONDAY, order.back(line, amount, quantity=1))
        yield order


def _half_past_midnight(zone: str, dates: list[tuple[int, int, int]]) -> Iterator[WebOrder]:
    moments = [datetime(*date, hour, 30, tzinfo=ZoneInfo(zone)) for date in dates for hour in (0, 23)]
    for number, moment in enumerate(moments, 1):
        order = WebOrder(number, moment, zone=zone, customer=1)
        order.line("10.00")
        yield order


CASES = {
    "g2": _tax_in_prices(),
    "g3": _refund_in_two_steps("35.00"),
    "g3_twice": _refund_in_two_steps("50.00"),
    "g7": _two_nameless_guests(),
    "g12": _coupon_and_shipping(),
    "g12_refunded": _coupon_and_shipping("12.00"),
    "g13": _three_statuses(),
    **{account: _half_past_midnight(*zone) for account, zone in ZONES.items()},
}


@pytest.fixture(scope="module")
def golden(module_house: House) -> House:
    versions = []
    for account, cases in CASES.items():
        versions.append(site(account, MONDAY, zone=ZONES.get(account, ("Europe/Berlin", []))[0]))
        versions += [one.version(account, MONDAY + 9 * DAY) for one in cases]
    land(module_house.raw, versions)
    module_house.build("--vars", "test_scope: all")
    return module_house


def test_g2_tax_leaves_the_price_before_the_discount(golden: House) -> None:
    columns = ("gross_sales", "discounts", "net_sales", "taxes", "total_sales")
    assert days(golden, "g2", *columns) == [amounts("90.91", "22.73", "68.18", "6.82", "75.00")]


@pytest.mark.parametrize("account", ["g3", "g3_twice"])
def test_g3_partial_and_final_refund_take_back_the_order_once(golden: House, account: str) -> None:
    assert days(golden, account, "sales_reversals") == [(Decimal(0),), (Decimal(-15),), (Decimal(-35),)]
    assert orders(golden, account, "sales_reversals", "net_sales", "platform_total_amount") == [
        amounts("-50", "0", "0")
    ]


def test_g7_guests_without_email_are_people_of_their_own(golden: House) -> None:
    assert days(golden, "g7", "orders", "new_customers", "returning_customers") == [(2, 2, 0)]


def test_g12_a_coupon_comes_off_the_goods_alone(golden: House) -> None:
    columns = ("gross_sales", "net_sales", "total_sales", "average_order_value", "units")
    assert days(golden, "g12", *columns) == [(*amounts("100", "80", "97", "80"), 4)]
    assert days(golden, "g12_refunded", *columns) == [(*amounts("100", "68", "85", "80"), 4)]


def test_g13_a_failed_order_is_none(golden: House) -> None:
    assert days(golden, "g13", "orders", "gross_sales", "net_sales") == [(2, *amounts("150", "100"))]
    kept = orders(golden, "g13", "financial_status", "counts_as_sale", "gross_sales", "ledger_total_amount")
    failed: list[tuple[Any, ...]] = [("failed", False, *amounts("0", "75"))]
    assert [row for row in kept if not row[1]] == failed


@pytest.mark.parametrize("account", ZONES)
def test_g14_days_with_a_clock_change_hold_their_first_and_last_hour(golden: House, account: str) -> None:
    expected = [("{:04}-{:02}-{:02}".format(*day), 2) for day in ZONES[account][1]]
    assert days(golden, account, "date_day::text", "orders") == expected
