"""The golden cases of web shops, as WooCommerce Analytics itself reports them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.business.golden import golden_world
from sandbox.running import Running, running
from tests.sandbox.woo import Woo

STATS = "/wc-analytics/reports/orders/stats"  # the revenue report's figures, and averages


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    with running(golden_world()[0]) as serving:
        yield serving


def day(here: Running, date: str, store: str = "golden_shop") -> dict[str, Any]:
    span = {"after": f"{date}T00:00:00", "before": f"{date}T23:59:59", "interval": "day"}
    (interval,) = Woo(here, store).ask(STATS, **span)["intervals"]
    shown: dict[str, Any] = interval["subtotals"]
    return shown


def test_coupon_shipping_and_tax(here: Running) -> None:
    """G12: 4 x 25, coupon 20, shipping 10, tax 7."""
    shown = day(here, "2026-01-14")
    assert (shown["gross_sales"], shown["coupons"], shown["net_revenue"]) == (100, 20, 80)
    assert (shown["total_sales"], shown["shipping"], shown["taxes"]) == (97, 10, 7)
    assert (shown["orders_count"], shown["num_items_sold"], shown["avg_order_value"]) == (1, 4, 80)


def test_an_amount_given_back(here: Running) -> None:
    """G12: 12 given back without a line; the items are still four."""
    shown = day(here, "2026-01-15")
    assert (shown["total_sales"], shown["net_revenue"], shown["refunds"]) == (85, 68, 12)
    assert (shown["gross_sales"], shown["num_items_sold"], shown["orders_count"]) == (100, 4, 1)


def test_what_failed_is_no_sale(here: Running) -> None:
    """G13: refunded 50, completed 100, failed 75."""
    shown = day(here, "2026-01-19")
    assert (shown["orders_count"], shown["gross_sales"], shown["net_revenue"]) == (2, 150, 100)


@pytest.mark.parametrize(
    ("store", "date"),
    [
        ("golden_shop", "2026-03-29"),
        ("golden_shop", "2026-10-25"),
        ("golden_shop_denver", "2026-03-08"),
        ("golden_shop_denver", "2026-11-01"),
        ("golden_shop_auckland", "2026-04-05"),
        ("golden_shop_auckland", "2026-09-27"),
    ],
)
def test_the_days_on_which_clocks_change(here: Running, store: str, date: str) -> None:
    """G14: at half past midnight, on the local day."""
    assert day(here, date, store)["net_revenue"] == 14
    span = {"after": f"{date}T00:00:00", "before": f"{date}T23:59:59"}
    (order,) = Woo(here, store).orders(**span)
    assert order["date_created"].startswith(f"{date}T00:30")
