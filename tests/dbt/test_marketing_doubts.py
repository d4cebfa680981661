"""What nobody told of is not nought, and what comes late, goes, or is called nothing loses no figure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.conftest import House, nodes
from tests.dbt.documents import gid, shop
from tests.dbt.marketing_documents import (
    account_of,
    google_days,
    google_row,
    meta_row,
    rows_day,
    session_day,
    visited,
)
from tests.dbt.rawlog import Version, land
from tests.dbt.test_incremental_equals_full import contents, differences

AT = datetime(2026, 3, 6, 12, tzinfo=UTC)
DAYS = [date(2026, 3, day) for day in (1, 2, 3, 4)]
MODELS = ("--select", "+agg_daily_summary", "+dim_channel", "dim_store")
ENDED = "ended_accounts: {meta_ads/harbour: 2026-03-03}"
NAMED = ("--vars", f"{{store_of_account: {{ga4/blog: shopify/alpine}}, {ENDED}}}")


def store(name: str, number: int) -> Version:
    body = shop(name, zone="Europe/Berlin", currency="EUR", updated_at=AT)
    return Version(name, "shop", gid("Shop", number), body, AT, AT)


def visits(account: str, day: date) -> Version:
    return session_day(account, day, AT, [visited(day.strftime("%Y%m%d"), "news", 5, group="Email")])


def without_channel(document: Version) -> Version:
    """Google leaves a text out that is empty."""
    assert isinstance(document.document, dict)
    document.document["report"]["rows"][0]["dimensionValues"][1] = {}
    return document


def days(house: House, columns: str, name: str) -> list[tuple[Any, ...]]:
    statement = (
        f"select date_day, {columns} from marts.agg_daily_summary join marts.dim_store using (store_key)"
    )
    return house.rows(f"{statement} where account_id = %s order by 1", name)


def told_of_the_store_that_is_missing(house: House) -> list[tuple[Any, ...]]:
    """Build everything: what the check says whose store is not there, which holds nothing up."""
    check = "assert_every_marketing_account_has_a_store"
    whole = ["--exclude-resource-type", "unit_test", "--indirect-selection", "buildable"]
    built = nodes(house.dbt("build", *MODELS, check, *NAMED, *whole))
    assert {str(one.status) for one in built} == {"success", "pass", "warn"}
    (said,) = (one.node for one in built if one.node.name == check)
    warned = {one.node.name for one in built if str(one.status) == "warn"}
    assert {check, "relationships_fct_sessions_store_key__store_key__ref_dim_store_"} <= warned
    return house.rows(f"select platform, account_id, told_store, remedy from ({said.compiled_code}) as told")


@pytest.fixture(scope="module")
def house_of_doubts(module_house: House) -> House:
    """Harbour's Google account fails at first, and alpine opens after its blog was visited."""
    house = module_house
    dollars = account_of("google_ads", "harbour", AT, currency="USD")
    accounts = [
        account_of("ga4", "harbour", AT),
        account_of("ga4", "blog", AT),
        account_of("meta_ads", "harbour", AT),
    ]
    seen = [without_channel(visits("harbour", DAYS[0])), *(visits("harbour", day) for day in DAYS[1:])]
    spent = [
        rows_day("meta_ads", "harbour", DAYS[0], AT, [meta_row(1, 1, "4")]),
        rows_day("meta_ads", "harbour", DAYS[1], AT, []),
        rows_day("meta_ads", "nobody", DAYS[0], AT, [meta_row(1, 1, "2", currency="EUR")]),
    ]
    land(house.raw, [store("harbour", 1), *accounts, dollars, *seen, visits("blog", DAYS[0]), *spent])
    assert told_of_the_store_that_is_missing(house) == [
        (
            "ga4",
            "blog",
            "shopify/alpine",
            "no such store yet: check the spelling in the var store_of_account, or load it",
        )
    ]
    columns = "reporting_ad_spend, ad_accounts, is_spend_partial, final_on - date_day"
    assert days(house, columns, "harbour") == [
        (DAYS[0], 4, 1, False, 28),
        (DAYS[1], 0, 1, False, 28),
        (DAYS[2], None, 0, True, 7),
        (DAYS[3], None, 0, False, 7),  # the account is said to have ended the day before
    ]

    late = [
        google_days("harbour", day, AT, ads=rows)
        for day, rows in ((DAYS[2], [google_row(1, 1, cost="11")]), (DAYS[3], []))
    ]
    later = AT + timedelta(days=1)
    gone = Version("harbour", dollars.resource, dollars.id, None, later, later, "google_ads")
    land(house.raw, [store("alpine", 2), *late, gone])
    house.dbt("run", *MODELS, *NAMED)
    return house


def test_what_nobody_told_of_is_not_nought(house_of_doubts: House) -> None:
    columns = "round(reporting_ad_spend, 6), ad_accounts, is_provisional, final_on - date_day"
    assert days(house_of_doubts, columns, "harbour") == [
        (DAYS[0], 4, 1, True, 28),
        (DAYS[1], 0, 1, True, 28),
        (DAYS[2], 10, 1, True, 90),  # dollars, though the account is gone
        (DAYS[3], 0, 1, True, 90),
    ]


def test_a_day_that_an_account_has_not_told_of_has_no_return(house_of_doubts: House) -> None:
    assert days(house_of_doubts, "is_spend_partial, blended_roas", "harbour") == [
        (DAYS[0], False, 0),
        (DAYS[1], False, None),
        (DAYS[2], True, None),  # Meta's account told of earlier days, and ended after this one
        (DAYS[3], False, None),
    ]
    channels = "select date_day, is_spend_partial, roas, roas_by_order from marts.agg_daily_channel "
    channels += "where channel_group in ('Paid Social', 'Paid Other') and store_key is not null order by 1"
    assert house_of_doubts.rows(channels) == [(DAYS[0], False, 0, 0), (DAYS[2], True, None, None)]


def test_an_account_is_known_from_its_first_reading_on(house_of_doubts: House) -> None:
    accounts = "select platform, account_id, store_key is null, first_day, last_day, ended_on "
    assert house_of_doubts.rows(accounts + "from marts.dim_ad_account order by 1, 2") == [
        ("google_ads", "harbour", False, DAYS[2], DAYS[3], None),
        ("meta_ads", "harbour", False, DAYS[0], DAYS[1], DAYS[2]),
        ("meta_ads", "nobody", True, DAYS[0], DAYS[0], None),
    ]


def test_an_account_of_no_store_has_no_return(house_of_doubts: House) -> None:
    columns = "reporting_ad_spend, reporting_total_sales, roas, ad_accounts"
    nobody = f"select {columns} from marts.agg_daily_channel where store_key is null"
    assert house_of_doubts.rows(nobody) == [(2, 0, None, 1)]


def test_visits_are_there_before_their_store_and_without_a_channel(house_of_doubts: House) -> None:
    assert days(house_of_doubts, "sessions, reporting_ad_spend", "alpine") == [(DAYS[0], 5, None)]
    groups = (
        "select channel_group, sum(sessions) from marts.agg_daily_channel group by 1 having sum(sessions) > 0"
    )
    assert sorted(house_of_doubts.rows(groups)) == [("Email", 20), ("Unassigned", 5)]


def test_daily_runs_end_where_a_full_refresh_ends(house_of_doubts: House) -> None:
    daily = contents(house_of_doubts)
    house_of_doubts.dbt("run", "--full-refresh", *MODELS, *NAMED)
    assert not differences(daily, contents(house_of_doubts))
