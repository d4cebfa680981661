"""The whole main job against the practice shop: the marts say what happened, by store and day.

The truth is the practice business's own, kept from its events; nothing of it passes through a payload. The
job is run as a user would run it: `python -m loaders`, `dbt build`, the gates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from orchestration.cli import main_job, summary
from orchestration.platforms import platforms
from tests.end_to_end import causes, marketing
from tests.end_to_end.house import House, opened, query
from warehouse import Settings


@pytest.fixture(scope="module")
def house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("practice")
    with opened(folder, orders=700, seed=11, as_of=datetime(2026, 3, 20, 6, tzinfo=UTC)) as house:
        yield house


def run(house: House, *, unit_tests: bool = False) -> None:
    """Load, build with every test over everything, check."""
    assert main_job.load(house.environment, house.accounts) == []
    scope = "{test_scope: all}"
    assert main_job.build(house.environment, variables=scope, unit_tests=unit_tests) == []
    assert main_job.check(house.environment) == []


def test_every_store_and_day_is_what_really_happened(house: House) -> None:
    run(house, unit_tests=True)
    assert house.differences() == []
    orders = query("select store_key, sum(orders) as n from marts.agg_daily_summary group by 1")
    assert len(orders) == len(house.stores) > 3
    assert min(row["n"] for row in orders) > 50, "a truth about nothing proves nothing"


def test_spend_visits_and_purchases_are_what_the_platforms_could_see(house: House) -> None:
    assert marketing.differences(house) == []
    seen = query("select platform, sum(spend_amount) as spent from marts.fct_ad_spend group by 1")
    assert len(seen) == 3
    assert min(row["spent"] for row in seen) > 1000, "a truth about nothing proves nothing"


def test_an_order_came_from_where_it_came_from_or_there_is_a_cause(house: House) -> None:
    found = causes.of_sources(house)
    assert found["unexplained"] == 0, found
    assert found["as it was"] + found["came by no visit"] > 0.85 * found.total(), found


def test_sessions_and_purchases_that_analytics_lacks_have_a_cause(house: House) -> None:
    found = causes.of_sessions(house)
    (counted,) = query("select sum(sessions) as sessions from marts.fct_sessions")
    lacking = found["no consent"] + found["on their way"] - found["robots"]
    assert counted["sessions"] == found["visits"] - lacking, found
    assert min(found.values()) > 0, found
    missed = causes.of_orders_without_purchase(house)
    assert missed["unexplained"] == 0, missed
    assert missed["no consent"] > missed["lost by the page"] > 0, missed


def test_every_shop_platform_of_the_house_is_in_it(house: House) -> None:
    modelled = {row["platform"] for row in query("select distinct platform from marts.dim_store")}
    assert modelled == {one.name for one in platforms() if one.is_shop}


def test_stays_true_after_days_of_changes(house: House) -> None:
    for days in (1, 9):
        house.live(days)
        run(house)
        assert house.differences() == []
        assert marketing.differences(house) == []


def test_the_summary_adds_all_stores_up_in_one_currency(house: House) -> None:
    lines = summary.read()
    assert len(lines) == len(house.stores)
    assert [line.store for line in lines if line.unpriced] == []
    (sums,) = query(
        "select sum(reporting_net_sales) as total, sum(orders) as orders from marts.agg_daily_summary"
    )
    assert sum(line.total for line in lines) == sums["total"]
    assert sum(line.orders for line in lines) == sums["orders"]
    assert {len(line.days) for line in lines} == {7}
    assert all(line.total == line.net for line in lines if line.currency == line.reporting_currency)


def test_both_clocks_add_up_to_the_same(house: House) -> None:
    (sums,) = query(
        "select sum(net_sales) as booked, sum(net_sales_by_order) as by_order, "
        "(select sum(net_amount) from marts.fct_sales where sale_class is not null and counts_as_sale) "
        "as ledger from marts.agg_daily_summary"
    )
    assert sums["booked"] == sums["by_order"] == sums["ledger"]


def test_a_second_run_without_changes_changes_nothing(house: House) -> None:
    before = query("select * from marts.fct_orders order by order_key")
    run(house)
    assert query("select * from marts.fct_orders order by order_key") == before
