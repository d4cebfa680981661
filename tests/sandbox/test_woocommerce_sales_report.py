"""The sales report of wc/v3: what it takes for sold, and what it takes off for refunds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.business.webshop.events import MoneyBack, PartBack, StatusSet
from sandbox.running import running
from tests.sandbox.woo import Woo
from tests.sandbox.woo_shop import goods, moment, ordered, shop_world

SALES = "/wc/v3/reports/sales"


@pytest.fixture(scope="module")
def site() -> Iterator[Woo]:
    """108 of goods, delivery and tax with a partial refund; 24 and 60 refunded in full; one of a plugin."""
    back = MoneyBack(
        moment("2026-11-04T10:00:00"), 2900, (PartBack(1, 1, 2000, 400),), (PartBack(2, 1, 400, 80),)
    )
    lives = [
        (ordered(1, "2026-11-02T10:00:00", goods(8000, 4, delivery=1000), taxed=True), back),
        (
            ordered(2, "2026-11-03T10:00:00", goods(2000), taxed=True),
            MoneyBack(moment("2026-11-04T09:00:00"), 400),
            MoneyBack(moment("2026-11-05T09:00:00"), 2000, status="refunded"),
        ),
        (
            ordered(3, "2026-10-20T10:00:00", goods(5000), taxed=True),
            MoneyBack(moment("2026-11-04T11:00:00"), 6000, status="refunded"),
        ),
        (ordered(4, "2026-11-03T12:00:00", goods(7000)), StatusSet(moment("2026-11-03T13:00:00"), "shipped")),
        (ordered(5, "2026-11-21T23:30:00", goods(1000)),),
    ]
    with running(shop_world(lives)) as here:
        yield Woo(here)


def test_totals_are_what_refunds_leave(site: Woo) -> None:
    (report,) = site.ask(SALES, date_min="2026-11-01", date_max="2026-11-10")
    assert (report["total_orders"], report["total_items"]) == (2, 5)
    # 108 + 24, less 29, less 24 once although it was two refunds, less 60 of an order from before
    assert (report["total_sales"], report["total_refunds"]) == ("19.00", 113)
    # 18 + 4, less 4.80, less 4, less 10
    assert report["total_tax"] == "3.20"
    assert report["total_shipping"] == "6.00"
    assert (report["net_sales"], report["average_sales"]) == ("9.80", "0.98")


def test_days_are_what_was_sold(site: Woo) -> None:
    (report,) = site.ask(SALES, date_min="2026-11-01", date_max="2026-11-10")
    sales = {day: one["sales"] for day, one in report["totals"].items() if one["sales"] != "0.00"}
    assert sales == {"2026-11-02": "108.00", "2026-11-03": "24.00"}


def test_periods(site: Woo) -> None:
    days = {name: list(site.ask(SALES, period=name)[0]["totals"]) for name in ("week", "month", "last_month")}
    assert (days["week"][0], days["week"][-1]) == ("2026-11-16", "2026-11-22")
    assert (days["month"][0], days["month"][-1]) == ("2026-11-01", "2026-11-22")
    assert (days["last_month"][0], days["last_month"][-1]) == ("2026-10-01", "2026-10-31")
    (year,) = site.ask(SALES, period="year", date_min="2026-11-01")  # the period goes before the day
    assert (year["totals_grouped_by"], len(year["totals"])) == ("month", 11)
    (today,) = site.ask(SALES)
    assert list(today["totals"]) == ["2026-11-22"]
    assert today["total_sales"] == "10.00"  # half an hour past midnight in Berlin
    (until,) = site.ask(SALES, date_max="2026-11-10")
    assert min(until["totals"]) == "2006-11"


def test_customers_are_new_accounts(linden: Woo) -> None:
    (report,) = linden.ask(SALES, date_min="2026-01-01", date_max="2026-12-31")
    accounts = [one for one in linden.shop.shop_customers.values() if one.role == "customer"]
    zone = linden.shop.zone
    assert report["total_customers"] == sum(one.created_at.astimezone(zone).year == 2026 for one in accounts)
    assert report["total_customers"] == sum(one["customers"] for one in report["totals"].values()) > 0
