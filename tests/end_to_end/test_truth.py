"""The whole main job against the practice shop: the marts say what happened, by store and day.

The truth is the practice business's own, kept from its events; nothing of it passes through a payload. The
job is run as a user would run it: `python -m loaders`, `dbt build`, the gates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from loaders.common import load
from loaders.ga4 import settings as ga4_settings
from orchestration.cli import dbt, main_job, summary
from orchestration.platforms import platforms
from sandbox.business.seasons import local_day
from tests.end_to_end import causes, limits, marketing
from tests.end_to_end.happened import happened_at
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


def test_every_figure_of_marketing_is_what_its_platform_could_see(house: House) -> None:
    assert marketing.differences(happened_at(house)) == []
    seen = query("select platform, sum(spend_amount) as spent from marts.fct_ad_spend group by 1")
    assert len(seen) == 3
    assert min(row["spent"] for row in seen) > 1000, "a truth about nothing proves nothing"
    claimed = query(
        "select sum(claimed_count) as n from marts.fct_ad_claims where is_primary group by platform"
    )
    assert len(claimed) == 3
    assert min(row["n"] for row in claimed) > 50


def test_an_order_came_from_where_it_came_from_or_there_is_a_cause(house: House) -> None:
    found = causes.of_sources(happened_at(house))
    assert found[causes.UNEXPLAINED] == 0, found
    assert found["as it was"] > found.total() / 2, found


def test_sessions_and_purchases_that_analytics_lacks_have_a_cause(house: House) -> None:
    happened = happened_at(house)
    found = causes.of_sessions(happened)
    (counted,) = query("select sum(sessions) as sessions from marts.fct_sessions")
    assert found.pop(causes.UNEXPLAINED) == 0, found
    assert min(found.values()) > 0, found
    assert counted["sessions"] == found["sessions"] + found["robots"]
    assert found["visits"] == found["sessions"] + found["no consent"] + found["on their way"]
    missed = causes.of_missing_purchases(happened)
    assert missed[causes.UNEXPLAINED] == 0, missed
    assert missed["no consent"] > missed["lost by the page"] > 0, missed


def test_every_shop_platform_of_the_house_is_in_it(house: House) -> None:
    modelled = {row["platform"] for row in query("select distinct platform from marts.dim_store")}
    assert modelled == {one.name for one in platforms() if one.is_shop}


def test_stays_true_after_days_of_changes(house: House) -> None:
    for days in (1, 9):
        house.live(days)
        run(house)
        assert house.differences() == []
        happened = happened_at(house)
        assert marketing.differences(happened) == []
        for found in (causes.of_sources, causes.of_missing_purchases, causes.of_sessions):
            assert found(happened)[causes.UNEXPLAINED] == 0


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


def test_days_that_analytics_folds_holds_back_or_estimates_say_so(house: House) -> None:
    """The last one: what is read with these limits is not what happened any more."""
    again = timedelta(days=ga4_settings.RESTATED_DAYS)
    since = {name: local_day(house.world.clock, one.zone) - again for name, one in house.world.stores.items()}
    for account, limit in limits.LIMITED.items():
        house.control(f"accounts/ga4/{account}", limit)
    house.live(1)
    for account in house.stores:
        load("ga4", account)
    read = [f"source:raw_ga4.{report}+" for report in ("session_reports", "purchase_reports")]
    assert dbt.run(["run", "--select", *read], house.environment) == []
    happened = happened_at(house)
    assert limits.unlike(happened, since) == []
    held_back, without_reason = limits.held_back(happened, since)
    assert held_back > 0 == without_reason
