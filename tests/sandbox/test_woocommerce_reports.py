"""WooCommerce Analytics by its own arithmetic, against what the business says was sold."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.business.webshop.events import MoneyBack, PartBack, StatusSet
from sandbox.running import running
from tests.sandbox.woo import Woo
from tests.sandbox.woo_shop import goods, moment, ordered, shop_world

REVENUE, ROWS = "/wc-analytics/reports/revenue/stats", "/wc-analytics/reports/orders"
DAYS: dict[str, Any] = {
    "after": "2026-11-01T00:00:00",
    "before": "2026-11-30T23:59:59",
    "interval": "day",
    "per_page": 100,
}


def revenue(site: Woo, **params: Any) -> dict[str, Any]:
    report: dict[str, Any] = site.ask(REVENUE, **{**DAYS, **params})
    return report


def by_day(site: Woo, **params: Any) -> dict[str, dict[str, Any]]:
    intervals = revenue(site, **params)["intervals"]
    return {one["interval"]: one["subtotals"] for one in intervals if any(one["subtotals"].values())}


def cents(amount: float) -> Decimal:
    return round(Decimal(str(amount)), 2)


def test_days_against_the_ledger_of_the_business(linden: Woo) -> None:
    """Woo's net has no tax and no shipping; refunds are booked on their own day.

    An order's tax is rounded as a whole, those of its lines singly: a cent per order may lie between them.
    """
    expected: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in linden.here.sandbox.world.truth.ledger("linden"):
        if row.counts_as_sale:
            own = expected[row.booked_date.isoformat()]
            own["total"] += row.total_amount
            own["tax"] += row.tax_amount
            own["shipping"] += row.net_amount if row.line_type == "shipping" else 0
    seen = 0
    for start in ("2026-10-01T00:00:00", "2026-08-01T00:00:00"):
        end = (moment(start) + timedelta(days=60)).replace(tzinfo=None).isoformat()
        for day, shown in by_day(linden, after=start, before=end).items():
            total, tax, shipping = (cents(shown[name]) for name in ("total_sales", "taxes", "shipping"))
            assert (total, shipping) == (expected[day]["total"], expected[day]["shipping"]), day
            assert abs(tax - expected[day]["tax"]) <= Decimal("0.01") * (shown["orders_count"] + 1), day
            assert cents(shown["net_revenue"]) == total - tax - shipping, day
            gross = cents(shown["net_revenue"]) + cents(shown["coupons"]) + cents(shown["refunds"])
            assert cents(shown["gross_sales"]) == gross, day
            seen += 1
    assert seen > 40


def test_an_amount_only_refund_lowers_net_by_all_of_it() -> None:
    """4 x 25 less a coupon's worth is another test; here 80 with 10 shipping and 20 % tax, then 12 back."""
    lives = [
        (
            ordered(1, "2026-11-02T10:00:00", goods(8000, 4, delivery=1000), taxed=True),
            MoneyBack(moment("2026-11-05T10:00:00"), 1200),
        )
    ]
    with running(shop_world(lives)) as here:
        days = by_day(Woo(here))
        rows = Woo(here).ask(ROWS, after=DAYS["after"], before=DAYS["before"], order="asc")
    assert set(days) == {"2026-11-02", "2026-11-05"}
    sold, back = days["2026-11-02"], days["2026-11-05"]
    assert (sold["total_sales"], sold["taxes"], sold["shipping"], sold["net_revenue"]) == (108, 18, 10, 80)
    assert (sold["gross_sales"], sold["orders_count"], sold["num_items_sold"]) == (80, 1, 4)
    assert (back["total_sales"], back["net_revenue"], back["refunds"], back["taxes"]) == (-12, -12, 12, 0)
    assert (back["gross_sales"], back["orders_count"], back["num_items_sold"]) == (0, 0, 0)
    assert [(one["order_id"], one["parent_id"], one["net_total"]) for one in rows] == [
        (1, 0, 80),
        (1001, 1, -12),
    ]
    assert {one["total_formatted"] for one in rows} == {"108,00\xa0€"}
    assert rows[1]["date_created"] == "2026-11-05 11:00:00"


def test_a_refund_of_lines_takes_its_tax_back() -> None:
    part = PartBack(1, 1, 2000, 400)
    lives = [
        (
            ordered(1, "2026-11-02T10:00:00", goods(8000, 4), taxed=True),
            MoneyBack(moment("2026-11-03T10:00:00"), 2400, lines=(part,)),
        )
    ]
    with running(shop_world(lives)) as here:
        back = by_day(Woo(here))["2026-11-03"]
    assert (back["total_sales"], back["taxes"], back["net_revenue"]) == (-24, -4, -20)
    assert (back["refunds"], back["num_items_sold"]) == (20, -1)


@pytest.fixture
def statuses() -> Any:
    at = "2026-11-02T10:00:00"
    names = (
        "refunded",
        "completed",
        "failed",
        "on-hold",
        "pending",
        "cancelled",
        "shipped",
        "checkout-draft",
    )
    lives: list[tuple[Any, ...]] = [
        (ordered(number, at, goods(number * 100)), StatusSet(moment("2026-11-02T11:00:00"), status))
        for number, status in enumerate(names, start=1)
    ]
    lives[0] = (*lives[0], MoneyBack(moment("2026-11-02T12:00:00"), 100))
    with running(shop_world(lives)) as here:
        yield Woo(here)


def test_which_statuses_count(statuses: Woo) -> None:
    """On-hold does, a plugin's own does; pending, failed, cancelled and drafts do not. 1 + 2 + 4 + 7 - 1."""
    day = by_day(statuses)["2026-11-02"]
    assert (day["orders_count"], day["total_sales"], day["net_revenue"]) == (4, 13, 13)
    statuses.install(excluded_statuses=["completed"])
    assert by_day(statuses)["2026-11-02"]["orders_count"] == 6
    assert {one["status"] for one in statuses.ask(ROWS, status_is="completed", **_span())} == {"completed"}


def test_the_trash_does_not_count(statuses: Woo) -> None:
    statuses.happen(orders=[1], trash=True)
    assert by_day(statuses)["2026-11-02"]["total_sales"] == 13
    assert by_day(statuses)["2026-11-02"]["orders_count"] == 3
    statuses.install(trash_keeps_refunds=True)
    assert by_day(statuses)["2026-11-02"]["total_sales"] == 12
    statuses.happen(orders=[1], restore=True)
    assert by_day(statuses)["2026-11-02"]["total_sales"] == 13


def test_an_order_that_no_list_shows_is_counted(statuses: Woo) -> None:
    statuses.install(hidden_orders=[2])
    assert 2 not in statuses.ids() and statuses.get("/wc/v3/orders/2").status_code == 404
    assert by_day(statuses)["2026-11-02"]["orders_count"] == 4
    assert 2 in [one["order_id"] for one in statuses.ask(ROWS, **_span())]


def test_reports_lag_behind(statuses: Woo) -> None:
    statuses.install(analytics_lag=3600)
    statuses.happen(orders=[2], status="cancelled")
    statuses.happen(new=1)
    (new,) = statuses.ids(after="2026-11-20T00:00:00")
    assert by_day(statuses)["2026-11-02"]["orders_count"] == 4
    assert "2026-11-22" not in by_day(statuses)
    statuses.control("clock", advance_minutes=61)
    assert by_day(statuses)["2026-11-02"]["orders_count"] == 3
    assert by_day(statuses)["2026-11-22"]["orders_count"] == 1
    assert statuses.ask(f"/wc/v3/orders/{new}")["status"] == "processing"


def test_intervals_are_paged_and_empty_ones_are_there(linden: Woo) -> None:
    whole = revenue(linden)["intervals"]
    assert [one["interval"] for one in whole] == [f"2026-11-{day:02}" for day in range(30, 0, -1)]
    answer = linden.get(REVENUE, **{**DAYS, "per_page": 7, "page": 5, "order": "asc"})
    assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("30", "5")
    assert [one["interval"] for one in answer.json()["intervals"]] == ["2026-11-29", "2026-11-30"]
    assert answer.json()["totals"] == revenue(linden)["totals"]
    (month,) = revenue(linden, interval="month")["intervals"]
    assert month["interval"] == "2026-11"
    assert {key: month["subtotals"][key] for key in month["subtotals"]}.items() <= revenue(linden)[
        "totals"
    ].items()
    start = month["date_start"], month["date_start_gmt"], month["date_end_gmt"]
    assert start == ("2026-11-01 00:00:00", "2026-10-31 23:00:00", "2026-11-30 22:59:59")


def test_the_long_day_of_autumn_is_counted_twice(linden: Woo) -> None:
    october = {"after": "2026-10-01T00:00:00", "before": "2026-10-31T23:59:59", "interval": "day"}
    answer = linden.get(REVENUE, per_page=100, **october)
    assert (answer.headers["X-WP-Total"], len(answer.json()["intervals"])) == ("32", 31)
    last = linden.get(REVENUE, per_page=31, page=2, **october)
    assert (last.headers["X-WP-TotalPages"], last.json()["intervals"]) == ("2", [])


def test_both_ends_of_a_report_count(statuses: Woo) -> None:
    second = {"after": "2026-11-02T11:00:00", "before": "2026-11-02T11:00:00"}
    assert len(statuses.ask(ROWS, **second)) == 4  # the refund came later


def _span() -> dict[str, str]:
    return {"after": "2026-11-01T00:00:00", "before": "2026-11-30T23:59:59", "per_page": "100"}
