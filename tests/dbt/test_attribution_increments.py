"""What comes late or is restated changes the figures of its own days; a full refresh then changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tests.dbt import attribution_cases as cases
from tests.dbt.attribution_cases import AT, DAY, LATER
from tests.dbt.conftest import House
from tests.dbt.documents import OrderDocument, gid
from tests.dbt.marketing_documents import meta_row, purchase_day, rows_day
from tests.dbt.rawlog import Version, land

MODELS = ("--select", "+agg_daily_summary", "+fct_order_match", "dim_store")
TABLES = (
    "fct_order_attribution",
    "fct_order_match",
    "fct_web_report_days",
    "agg_daily_channel",
    "agg_daily_summary",
)


@pytest.fixture(scope="module")
def running(module_house: House) -> House:
    row = cases.purchase("41", "Email", "newsletter")
    numbered = [
        cases.order("harbour", 40, name="#41"),
        cases.order("harbour", 41, name="#42", placed=AT - timedelta(days=9)),
        purchase_day("harbour", DAY + timedelta(days=1), LATER, [row]),
    ]
    kept = [
        one for one in [*cases.orders(), *cases.reports()] if one.id not in (gid("Order", 11), "2026-03-03")
    ]
    land(module_house.raw, [*cases.stores(), *kept, refunded(), *numbered, *cases.spend()])
    module_house.dbt("run", *MODELS)
    return module_house


def refunded(**changes: Any) -> Version:
    """Order 11, of which a part was given back eight days later."""
    made = OrderDocument(11, AT, currency="EUR", customer=11)
    line = made.line("10.00")
    made.sale("10.00", line=line, quantity=1)
    made.agree("Order", AT)
    made.sale("-4.00", line=line)
    made.agree("Refund", AT + timedelta(days=8))
    seen = made.updated_at + timedelta(days=len(changes))
    return Version("harbour", "orders", made.id, made.document() | changes, seen, seen)


def written(house: House, table: str = "agg_daily_summary") -> dict[tuple[str, str], str]:
    """The transaction that wrote each row, by the account it is of and its day."""
    rows = house.rows(
        f"select coalesce(account_id, 'nobody'), date_day::text, max(t.xmin::text) from marts.{table} as t "
        "left join marts.dim_store using (store_key) group by 1, 2"
    )
    return {(account, day): transaction for account, day, transaction in rows}


def changed(house: House, *versions: Version) -> set[tuple[str, str]]:
    """The days that a run writes anew after these versions are landed."""
    before = written(house), written(house, "agg_daily_channel")
    land(house.raw, versions)
    house.dbt("run", *MODELS)
    after = written(house), written(house, "agg_daily_channel")
    return {day for was, now in zip(before, after, strict=True) for day in now if was.get(day) != now[day]}


def evidence(house: House, number: int) -> tuple[Any, ...]:
    (row,) = house.rows(
        "select evidence, channel_group from marts.fct_order_attribution "
        "join marts.fct_orders using (order_key) where order_name = %s",
        f"#{number}",
    )
    return row


def matches(house: House, transaction: str) -> list[tuple[Any, ...]]:
    return house.rows(
        "select status, order_name from marts.fct_order_match "
        "join marts.fct_web_purchases using (web_purchase_key) left join marts.fct_orders using (order_key) "
        "where transaction_id = %s",
        transaction,
    )


def test_a_purchase_that_comes_late_moves_its_order_and_its_day(running: House) -> None:
    assert evidence(running, 10) == ("unattributed", "Unattributed")
    row = cases.purchase("10", "Email", "newsletter")
    late = purchase_day("harbour", DAY + timedelta(days=2), LATER, [row])
    assert changed(running, late) == {("harbour", "2026-03-02"), ("harbour", "2026-03-04")}
    assert evidence(running, 10) == ("ga4", "Email")
    assert matches(running, "10") == [("matched", "#10")]


def test_a_day_of_spend_that_is_restated_is_its_own_day_alone(running: House) -> None:
    day = date(2026, 3, 5)
    restated = rows_day("meta_ads", "harbour", day, AT + timedelta(days=9), [meta_row(1, 1, "3.30")])
    assert changed(running, restated) == {("harbour", "2026-03-05")}
    assert running.one(
        "select round(reporting_ad_spend, 6) = 3 from marts.agg_daily_summary where date_day = '2026-03-05'"
    )


def test_what_an_order_sold_on_other_days_goes_with_its_channel(running: House) -> None:
    told = cases.journey(cases.visit({"source": "partner", "medium": "affiliate"}))
    late = refunded(customerJourneySummary=told)
    assert changed(running, late) == {("harbour", "2026-03-02"), ("harbour", "2026-03-10")}
    assert running.rows(
        "select channel_group, reporting_total_sales from marts.agg_daily_channel "
        "where date_day = '2026-03-10' and reporting_total_sales <> 0"
    ) == [("Affiliates", -4)]


def test_a_version_without_the_visits_takes_none_back_and_one_that_says_there_were_none_does(
    running: House,
) -> None:
    told = {number: evidence(running, number)[0] for number in (1, 2, 11)}
    assert told == {1: "order_utm", 2: "order_referrer", 11: "order_utm"}
    none = cases.order("harbour", 2, seen=LATER)
    assert isinstance(none.document, dict)
    none.document["customerJourneySummary"] = None
    land(running.raw, [refunded(note="changed", tags=[]), cases.order("harbour", 1, seen=LATER), none])
    running.dbt("run", *MODELS)
    assert {number: evidence(running, number)[0] for number in (1, 11)} == {1: "order_utm", 11: "order_utm"}
    assert evidence(running, 2)[0] not in ("order_utm", "order_referrer")


def test_an_order_without_a_purchase_is_certain_once_its_day_was_read_for_good(running: House) -> None:
    found = (
        "select status, is_provisional, is_thresholded, final_on::text from marts.fct_order_match "
        "join marts.fct_orders using (order_key) where order_name = '#42'"
    )
    rate = "select match_rate from marts.agg_daily_summary where date_day = '2026-02-21'"
    assert running.rows(found) == [("order_only", True, False, None)], "nobody was asked"
    assert running.one(rate) is None
    day = date(2026, 2, 21)
    nothing = purchase_day("harbour", day, LATER, [], subjectToThresholding=True)
    assert changed(running, nothing) == {("harbour", "2026-02-21")}
    assert running.rows(found) == [("order_only", False, True, "2026-02-28")]
    assert running.one(rate) == 0


def test_a_number_that_is_another_orders_id_goes_to_the_order_of_its_day(running: House) -> None:
    assert matches(running, "41") == [("matched", "#41")]
    assert evidence(running, 42) == ("unattributed", "Unattributed")
    land(running.raw, [Version("harbour", "orders", gid("Order", 40), None, LATER, LATER)])
    running.dbt("run", *MODELS)
    assert matches(running, "41") == [("matched", "#42")], "the next that it can be"


def test_a_full_refresh_changes_nothing_after_all_that(running: House) -> None:
    def contents() -> dict[str, Counter[str]]:
        return {
            table: Counter(row for (row,) in running.rows(f"select t::text from marts.{table} as t"))
            for table in TABLES
        }

    daily = contents()
    running.dbt("run", "--full-refresh", *MODELS)
    assert contents() == daily
