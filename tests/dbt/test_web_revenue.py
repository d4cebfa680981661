"""The revenue of WooCommerce Analytics: by the header of an order, on the day that the shop goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.again import AGAIN
from tests.dbt.conftest import House
from tests.dbt.rawlog import Version, land
from tests.dbt.web_documents import WebOrder, site

MONDAY = datetime(2026, 2, 2, 12, tzinfo=UTC)
LATE_ON_WEDNESDAY = datetime(2026, 2, 4, 23, 30, tzinfo=UTC)  # Thursday in Berlin
FRIDAY, SATURDAY = datetime(2026, 2, 6, 12, tzinfo=UTC), datetime(2026, 2, 7, 12, tzinfo=UTC)
LEDGER = "select sale_key, net_amount, tax_amount, total_amount, booked_date from marts.fct_sales order by 1"
UP_TO_REVENUE = ("--select", "+agg_woocommerce_revenue", "+agg_daily_summary")


def revenue(house: House) -> list[tuple[Any, ...]]:
    return house.rows(
        "select date_day::text, orders, coupons::float, refunds::float, taxes::float, shipping::float, "
        "total_sales::float from marts.agg_woocommerce_revenue order by 1"
    )


def coupon(discount: str) -> dict[str, object]:
    return {"id": 5, "code": "ten", "discount": discount, "discount_tax": "0.00", "meta_data": []}


def sold(number: int, at: datetime, **moments: datetime) -> WebOrder:
    order = WebOrder(number, at, status="processing")
    order.line("50.00", tax="9.50")
    order.ship("5.00")
    order.paid_at, order.completed_at = moments.get("paid"), moments.get("completed")
    return order


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"coupon_lines": [coupon("10.00")]}, (1, 10.0, 0.0, 9.5, 5.0, 64.5)),
        ({"total_tax": "9.49"}, (1, 0.0, 0.0, 9.49, 5.0, 64.5)),
        ({"shipping_total": "4.00"}, (1, 0.0, 0.0, 9.5, 5.0, 64.5)),
    ],
)
def test_a_change_of_the_header_alone_reaches_the_revenue(
    house: House, header: dict[str, Any], expected: tuple[float, ...]
) -> None:
    order = sold(1, MONDAY)
    land(house.raw, [site("linden", MONDAY), order.version("linden", MONDAY)])
    house.dbt("run", *UP_TO_REVENUE)
    before, ledger = revenue(house), house.rows(LEDGER)

    order.updated_at = FRIDAY
    land(house.raw, [order.version("linden", FRIDAY, **header)])
    house.dbt("run", *UP_TO_REVENUE, *AGAIN)
    daily = revenue(house)
    assert daily == [("2026-02-02", *expected)]
    assert (daily == before) == ("shipping_total" in header)
    assert house.rows(LEDGER) == ledger, "no row of the ledger shows it"
    house.dbt("run", "--full-refresh", *UP_TO_REVENUE)
    assert revenue(house) == daily


def chosen(at: datetime, date_type: object) -> Version:
    return site("linden", at, settings={"woocommerce_date_type": date_type})


def test_an_order_counts_on_the_day_that_the_shop_goes_by(house: House) -> None:
    paid = sold(1, MONDAY, paid=LATE_ON_WEDNESDAY, completed=FRIDAY)
    paid.refund("3.00", SATURDAY)
    unpaid = sold(2, MONDAY)
    unpaid.refund("2.00", SATURDAY)
    orders = [one.version("linden", SATURDAY) for one in (paid, unpaid)]
    both, one = (2, 0.0, 0.0, 19.0, 10.0, 129.0), (1, 0.0, 0.0, 9.5, 5.0, 64.5)
    # a refund of an order that nobody paid counts all the same
    given_back = ("2026-02-07", 0, 0.0, 5.0, 0.0, 0.0, -5.0)
    days = {
        "date_paid": ("2026-02-05", *one),
        "date_completed": ("2026-02-06", *one),
        "date_created": ("2026-02-02", *both),
        "date_of_something": ("2026-02-02", *both),
        "": ("2026-02-02", *both),
    }
    land(house.raw, [site("linden", SATURDAY), *orders])
    house.dbt("run", *UP_TO_REVENUE)
    assert revenue(house) == [("2026-02-02", *both), given_back], "a setting that we cannot read"
    ledger = house.rows("select * from marts.agg_daily_summary order by date_day")

    for count, (date_type, expected) in enumerate(days.items(), 1):
        land(house.raw, [chosen(SATURDAY + timedelta(hours=count), date_type)])
        house.dbt("run", *UP_TO_REVENUE, *AGAIN)
        assert revenue(house) == [expected, given_back], date_type
        # our own figures do not depend on it
        assert house.rows("select * from marts.agg_daily_summary order by date_day") == ledger
    land(house.raw, [chosen(SATURDAY + timedelta(days=1), "date_paid")])
    house.dbt("run", *UP_TO_REVENUE, *AGAIN)
    daily = revenue(house)
    house.dbt("run", "--full-refresh", *UP_TO_REVENUE)
    assert revenue(house) == daily == [days["date_paid"], given_back]
