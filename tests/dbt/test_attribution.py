"""How buyers came, and orders against GA4's purchases: cases worked out by hand, through one build."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.dbt import attribution_cases as cases
from tests.dbt.conftest import House
from tests.dbt.rawlog import land


@pytest.fixture(scope="module")
def built(module_house: House) -> House:
    land(module_house.raw, [*cases.stores(), *cases.orders(), *cases.reports(), *cases.spend()])
    module_house.dbt("run", "--select", "+agg_daily_summary", "+dim_channel", "+fct_order_match", "dim_store")
    return module_house


def days(house: House, table: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    return house.rows(
        f"select account_id, date_day::text, {columns} from marts.{table} "
        f"left join marts.dim_store using (store_key) where {where} order by account_id, date_day"
    )


def test_every_order_says_how_its_buyer_came_and_who_says_so(built: House) -> None:
    found = built.rows(
        "select regexp_replace(order_id, '\\D', '', 'g')::int, evidence, source, medium, campaign, "
        "channel_group from marts.fct_order_attribution join marts.fct_orders using (order_key)"
    )
    assert {number: tuple(rest) for number, *rest in found} == cases.EXPECTED


def test_the_last_way_that_was_not_direct_is_kept_beside(built: House) -> None:
    found = built.rows(
        "select last_non_direct_from, count(*), count(distinct last_non_direct_source) "
        "from marts.fct_order_attribution group by 1 order by 1"
    )
    assert found == [("first_visit", 1, 1), ("ga4", 1, 1), ("last_visit", 16, 7), (None, 10, 0)]


def test_orders_and_purchases_both_ways(built: House) -> None:
    found = built.rows(
        "select coalesce(account_id, 'nobody'), status, count(*), sum(reported_count), count(order_key) "
        "from marts.fct_order_match left join marts.dim_store using (store_key) group by 1, 2 order by 1, 2"
    )
    assert found == [
        ("harbour", "duplicate", 3, 4, 3),  # 4 again, #5 twice more, 5 as well
        ("harbour", "matched", 8, 8, 8),
        ("harbour", "order_only", 12, 0, 12),
        ("harbour", "purchase_only", 3, 3, 0),  # 777, two without an id, and a refund alone, of order 9
        ("linden", "matched", 2, 2, 2),
        ("linden", "order_only", 6, 0, 6),
        ("nobody", "purchase_only", 1, 1, 0),  # another store's order 1 is not meant
    ]
    visits = built.rows(
        "select is_visit_known, count(*) from marts.fct_order_match "
        "where status = 'order_only' group by 1 order by 1"
    )
    assert visits == [(False, 2), (True, 16)]


def test_amounts_are_in_the_currency_of_whoever_says_them(built: House) -> None:
    found = built.rows(
        "select distinct status, original_total_amount, order_currency_code, revenue_amount, currency_code, "
        "difference_amount from marts.fct_order_match where status in ('matched', 'order_only') "
        "or revenue_amount = 0 order by 1, 2"
    )
    assert found == [
        ("matched", 10, "EUR", 10, "EUR", 0),
        ("matched", 20, "EUR", 20, "USD", None),
        ("order_only", 10, "EUR", None, None, None),
        ("order_only", 20, "EUR", None, None, None),
        ("purchase_only", None, None, 0, "EUR", None),
    ]


def test_matches_are_as_certain_as_the_reports_behind_them(built: House) -> None:
    found = built.rows(
        "select distinct coalesce(account_id, 'nobody'), date_day::text, is_provisional, is_sampled, "
        "is_thresholded, final_on::text "
        "from marts.fct_order_match left join marts.dim_store using (store_key) order by 1, 2"
    )
    assert found == [
        ("harbour", "2026-03-02", False, False, False, "2026-03-09"),
        ("linden", "2026-03-02", False, True, False, "2026-03-09"),
        ("nobody", "2026-03-02", False, False, False, "2026-03-09"),
    ]
    purchases = "select count(*) from marts.fct_web_purchases where is_sampled and not is_provisional "
    assert built.one(purchases + "and final_on = '2026-03-09' and currency_code = 'USD'") == 2


def test_days_by_channel_add_up_to_the_days(built: House) -> None:
    rows = days(
        built,
        "agg_daily_channel",
        "channel_group, sessions, orders, matched_orders, round(reporting_ad_spend, 6)",
        "true",
    )
    found = {row for row in rows if row[1] == "2026-03-02" and row[0] != "linden"}
    assert found == {
        ("harbour", "2026-03-02", "Cross-network", 0, 2, 2, Decimal(0)),
        ("harbour", "2026-03-02", "Direct", 0, 6, 1, Decimal(0)),
        ("harbour", "2026-03-02", "Email", 0, 3, 1, Decimal(0)),
        ("harbour", "2026-03-02", "Organic Search", 0, 0, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Organic Social", 0, 1, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Paid Search", 40, 5, 3, Decimal(0)),
        ("harbour", "2026-03-02", "Paid Social", 0, 1, 1, Decimal(10)),
        ("harbour", "2026-03-02", "Referral", 0, 0, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Unattributed", 0, 2, 0, Decimal(0)),
        (None, "2026-03-02", "Paid Search", 5, 0, 0, None),
        (None, "2026-03-02", "Paid Social", None, 0, 0, None),
    }
    roas = days(
        built, "agg_daily_channel", "roas", "channel_group = 'Paid Social' and account_id = 'harbour'"
    )
    assert roas == [("harbour", "2026-03-02", Decimal(1)), ("harbour", "2026-03-05", Decimal(0))]


def test_the_day_of_a_store_with_its_marketing(built: House) -> None:
    figures = "has_sales, orders, sessions, web_purchases, matched_orders, conversion_rate"
    assert days(built, "agg_daily_summary", figures) == [
        ("harbour", "2026-03-02", True, 20, 40, 12, 8, Decimal("0.5")),
        ("harbour", "2026-03-03", False, 0, 7, 0, 0, 0),
        ("harbour", "2026-03-05", False, 0, None, 0, 0, None),
        ("linden", "2026-03-02", True, 8, 0, 2, 2, None),
    ]
    costs = "round(reporting_ad_spend, 6), is_spend_partial, blended_roas, cac"
    assert days(built, "agg_daily_summary", costs) == [
        ("harbour", "2026-03-02", 10, False, 20, Decimal("0.5")),
        ("harbour", "2026-03-03", None, True, None, None),
        ("harbour", "2026-03-05", 2, False, 0, None),
        ("linden", "2026-03-02", None, False, None, None),
    ]
    labels = "is_provisional, is_sampled, is_thresholded, final_on::text"
    assert days(built, "agg_daily_summary", labels) == [
        ("harbour", "2026-03-02", False, False, False, "2026-03-30"),
        ("harbour", "2026-03-03", True, False, True, "2026-03-10"),
        ("harbour", "2026-03-05", True, True, False, "2026-04-02"),
        ("linden", "2026-03-02", True, True, True, "2026-03-09"),
    ]
    assert built.rows("select sum(orders), count(*) from marts.agg_daily_summary where not has_sales") == [
        (0, 2)
    ]


def test_the_match_rate_of_all_orders_and_of_those_that_could_be_seen(built: House) -> None:
    columns = "orders, visible_orders, matched_orders, web_properties, match_rate, visible_match_rate"
    assert days(built, "agg_daily_summary", columns) == [
        ("harbour", "2026-03-02", 20, 18, 8, 1, Decimal("0.4"), Decimal("0.4444")),
        ("harbour", "2026-03-03", 0, 0, 0, 1, None, None),
        ("harbour", "2026-03-05", 0, 0, 0, 1, None, None),
        ("linden", "2026-03-02", 8, 8, 2, 1, Decimal("0.25"), Decimal("0.25")),
    ]
    nobody_saw = "channel_group = 'Unattributed' and account_id = 'harbour'"
    assert days(built, "agg_daily_channel", columns, nobody_saw) == [
        ("harbour", "2026-03-02", 2, 0, 0, 1, 0, None)
    ]


def test_the_figures_pass_their_own_tests(built: House) -> None:
    named = ["assert_channels_sum_up_the_days", "assert_purchases_are_counted_once"]
    models = ["agg_daily_channel", "dim_channel", "fct_order_attribution", "fct_order_match", "dim_store"]
    whole = ["--indirect-selection", "cautious", "--vars", "test_scope: all"]
    built.dbt("test", *whole, "--select", *models, *named)
