"""The rows of the orders report: what they have, and that the days of the revenue report are their sums."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.woo import Woo

REVENUE, ROWS = "/wc-analytics/reports/revenue/stats", "/wc-analytics/reports/orders"
SPAN: dict[str, Any] = {"after": "2026-09-01T00:00:00", "before": "2026-11-21T23:59:59", "per_page": 100}


@pytest.fixture
def rows(linden: Woo) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = linden.ask(ROWS, **SPAN, extended_info="true")
    assert 20 < len(found) < 100
    return found


def test_days_are_sums_of_rows(linden: Woo, rows: list[dict[str, Any]]) -> None:
    intervals = linden.ask(REVENUE, **SPAN, interval="day")["intervals"]
    for interval in intervals:
        mine = [one for one in rows if one["date_created"][:10] == interval["interval"]]
        shown = interval["subtotals"]
        assert shown["net_revenue"] == pytest.approx(sum(one["net_total"] for one in mine))
        assert shown["total_sales"] == pytest.approx(sum(one["total_sales"] for one in mine))
        assert shown["num_items_sold"] == sum(one["num_items_sold"] for one in mine)
        assert shown["orders_count"] == sum(one["parent_id"] == 0 for one in mine)


def test_rows_have_the_fields_of_the_vendor(rows: list[dict[str, Any]]) -> None:
    wanted: dict[str, Any] = {
        "order_id": int,
        "parent_id": int,
        "order_number": str,
        "date": str,
        "date_created": str,
        "date_created_gmt": str,
        "status": str,
        "customer_id": int,
        "num_items_sold": int,
        "net_total": (int, float),
        "total_sales": (int, float),
        "total_formatted": str,
        "customer_type": str,
        "extended_info": dict,
    }
    for one in rows:
        assert set(one) == {*wanted, "_links"}
        assert all(isinstance(one[name], kind) for name, kind in wanted.items())
        assert set(one["extended_info"]) == {"products", "coupons", "customer", "attribution"}


def test_a_refund_has_its_own_row(linden: Woo, rows: list[dict[str, Any]]) -> None:
    refunds = [one for one in rows if one["parent_id"]]
    assert refunds
    for one in refunds:
        order = linden.ask(f"/wc/v3/orders/{one['parent_id']}")
        assert (one["order_number"], one["status"]) == (order["number"], order["status"])
        (document,) = (
            each
            for each in linden.ask(f"/wc/v3/orders/{order['id']}/refunds")
            if each["id"] == one["order_id"]
        )
        assert one["total_sales"] == -float(document["amount"])
        assert one["date_created"].replace(" ", "T") == document["date_created"]
        assert one["num_items_sold"] == sum(line["quantity"] for line in document["line_items"])
    assert [one["order_id"] for one in linden.ask(ROWS, **SPAN, refunds="all")] == [
        one["order_id"] for one in refunds
    ]


def test_customers_of_the_report_are_not_those_of_the_site(linden: Woo, rows: list[dict[str, Any]]) -> None:
    """Guests have a number there too, the same for the same address."""
    numbers: dict[str, set[int]] = {}
    for one in rows:
        order = linden.ask(f"/wc/v3/orders/{one['parent_id'] or one['order_id']}")
        if order["customer_id"] == 0 and order["billing"]["email"]:
            numbers.setdefault(order["billing"]["email"], set()).add(one["customer_id"])
    assert numbers and all(len(found) == 1 and min(found) > 0 for found in numbers.values())


def test_paging_and_sorting(linden: Woo, rows: list[dict[str, Any]]) -> None:
    dates = [one["date_created"] for one in rows]
    assert dates == sorted(dates, reverse=True)
    answer = linden.get(ROWS, **{**SPAN, "per_page": 7, "page": 2, "order": "asc"})
    assert int(answer.headers["X-WP-Total"]) == len(rows)
    assert [one["order_id"] for one in answer.json()] == [one["order_id"] for one in rows[::-1][7:14]]
    nets = [one["net_total"] for one in linden.ask(ROWS, **SPAN, orderby="net_total")]
    assert nets == sorted(nets, reverse=True)
