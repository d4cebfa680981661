"""What makes no sense is refused or ignored as the vendor does it; nothing of it breaks the site."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.sandbox.woo import Woo

ORDERS, SALES = "/wc/v3/orders", "/wc/v3/reports/sales"


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01T00:00:00",
        "2026-02-30T00:00:00",
        "2026-10-01T25:00:00",
        "0000-00-00T00:00:00",
        "2026-10-01T00:00:00+99:00",
    ],
)
def test_moments_of_no_calendar_are_refused(linden: Woo, text: str) -> None:
    answer = linden.get(ORDERS, after=text)
    assert (answer.status_code, answer.json()["data"]["params"]) == (400, {"after": "Invalid date."})


@pytest.mark.parametrize("gmt", [{}, {"dates_are_gmt": "true"}])
@pytest.mark.parametrize("offset", ["", "Z", "-23:00"])
def test_the_ends_of_the_calendar_are_moments(linden: Woo, offset: str, gmt: dict[str, str]) -> None:
    everything = linden.ids()
    assert linden.ids(after=f"0001-01-01T00:00:00{offset}", **gmt) == everything
    assert linden.ids(modified_before=f"9999-12-31T23:59:59{offset}", **gmt) == everything
    assert linden.ids(after=f"9999-12-31T23:59:59{offset}", **gmt) == []


def test_numbers_beyond_all_bounds(linden: Woo) -> None:
    assert linden.orders(page="9" * 400) == []
    assert linden.orders(offset="9" * 30) == []
    assert linden.get(ORDERS, per_page="9" * 400).status_code == 400
    assert linden.ids(include="9" * 40) == []
    first = linden.orders(per_page=4)
    assert linden.orders(per_page=2, offset=-2) == first[2:]  # a sign counts for nothing


def test_as_many_decimals_as_anybody_likes(linden: Woo) -> None:
    (order,) = linden.orders(per_page=1)
    for wanted, zeros in ((8, 6), (40, 38), (1_000_000, 498)):
        (shown,) = linden.orders(per_page=1, dp=wanted, _fields="total,discount_total")
        assert shown["total"] == order["total"] + "0" * zeros
        assert shown["discount_total"] == order["discount_total"] + "0" * zeros


@pytest.mark.parametrize("path", ["123", "general/123", "nothing", "general/nothing"])
def test_settings_that_do_not_exist(linden: Woo, path: str) -> None:
    answer = linden.get(f"/wc/v3/settings/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"].startswith("rest_setting_setting_")


def test_days_of_no_calendar_in_the_sales_report(linden: Woo) -> None:
    for name in ("date_min", "date_max"):
        answer = linden.get(SALES, **{name: "2026-02-30"})
        assert answer.status_code == 400 and list(answer.json()["data"]["params"]) == [name]


def test_a_long_sales_report_is_by_month_and_twenty_years_at_most(linden: Woo) -> None:
    (months,) = linden.ask(SALES, date_min="2026-06-10", date_max="2026-10-10")
    (days,) = linden.ask(SALES, date_min="2026-07-10", date_max="2026-10-10")
    assert (months["totals_grouped_by"], days["totals_grouped_by"]) == ("month", "day")
    assert list(months["totals"]) == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    assert sum(one["orders"] for one in months["totals"].values()) == months["total_orders"]
    assert (len(days["totals"]), months["total_orders"] >= days["total_orders"] > 0) == (93, True)
    (ever,) = linden.ask(SALES, date_min="0001-01-01", date_max="9999-12-31")
    assert (min(ever["totals"]), max(ever["totals"])) == ("2006-11", "9999-12")


def test_hours_since_the_first_year(linden: Woo) -> None:
    """What nobody looks at is not worked out."""
    ages = {"after": "0001-01-01T00:00:00Z", "before": "9999-12-31T23:59:59Z", "interval": "hour"}
    answer = linden.get("/wc-analytics/reports/revenue/stats", order="asc", page=2, per_page=3, **ages)
    assert answer.elapsed.total_seconds() < 5
    assert int(answer.headers["X-WP-Total"]) > 80_000_000
    assert len(answer.json()["intervals"]) == 3
    assert answer.json()["totals"]["orders_count"] > 100


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("clock", b"{bad", "unexpected character"),
        ("clock", {"advance_days": 1e12}, "too large"),
        ("orders/linden", b"{bad", "unexpected character"),
        ("orders/linden", {"refund": "much"}, "ConversionSyntax"),
        ("orders/linden", {"refund": "-5"}, "refund is an amount above zero"),
        ("orders/linden", {"refund": "NaN"}, "refund is an amount above zero"),
        ("orders/linden", {"new": 0}, "new is how many orders come in"),
        ("orders/linden", {"orders": [1, 2], "note": "who?"}, "linden has no order 1, 2"),
        ("orders/linden", {"orders": "20001", "note": "who?"}, "orders are a list of ids or how many"),
        ("stores/linden", b"{bad", "unexpected character"),
        ("faults", b"{bad", "unexpected character"),
        ("faults", {"kind": "latency", "times": "often"}, "times is how many answers, not 'often'"),
        ("faults", {"kind": "latency", "skip": None}, "skip is how many answers, not None"),
    ],
)
def test_controls_refuse_what_they_do_not_understand(linden: Woo, path: str, body: Any, told: str) -> None:
    sent = {"data": body} if isinstance(body, bytes) else {"json": body}
    answer = requests.post(f"{linden.here.url}/control/{path}", timeout=20, **sent)
    assert answer.status_code == 422 and told in answer.json()["error"]
    assert linden.here.sandbox.faults.shown() == []
