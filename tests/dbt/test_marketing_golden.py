"""What is known of days of four platforms once they were read several times."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.dbt.conftest import House, nodes
from tests.dbt.marketing_days import (
    AT_LAST,
    FIRST,
    SECOND,
    first_readings,
    last_readings,
    later_readings,
    settings,
)
from tests.dbt.rawlog import land
from tests.dbt.test_marketing_histories import ALL


@pytest.fixture(scope="module")
def told(module_house: House) -> House:
    land(module_house.raw, [*settings(), *first_readings()])
    module_house.dbt("run", *ALL)
    land(module_house.raw, later_readings())
    module_house.dbt("run", *ALL)
    land(module_house.raw, last_readings())
    module_house.dbt("run", *ALL)
    return module_house


def verdict(house: House, name: str) -> tuple[str, int]:
    """What a check says of everything, and of how much."""
    result = house.dbt("test", "--select", name, "--vars", "test_scope: all", check=False)
    return next((str(one.status), one.failures) for one in nodes(result) if one.node.name == name)


def test_ads_cost_what_the_last_reading_says_and_what_vanished_is_gone(told: House) -> None:
    spend = "select platform, date_day, ad_id, spend_amount, currency_code, channel_group, store_key is null "
    spend += "from marts.fct_ad_spend order by 1, 2, 3"
    assert told.rows(spend) == [
        ("meta_ads", FIRST, "70", Decimal("4.00"), "GBP", "Paid Social", False),
        ("meta_ads", SECOND, "70", Decimal("9.25"), "GBP", "Paid Social", False),
        ("tiktok_ads", SECOND, "80", Decimal("4.00"), "RUB", "Paid Social", True),
    ]
    days = "select date_day, version_number, spend_amount, spend_amount_change, claimed_count, "
    days += (
        "claimed_count_since_first from marts.fct_ad_restatements where platform = 'google_ads' order by 2"
    )
    first, emptied = told.rows(days)
    assert first == (SECOND, 1, Decimal("4.750001"), None, Decimal("3.5"), 0)
    assert emptied == (SECOND, 2, 0, Decimal("-4.750001"), Decimal("3.5"), 0), (
        "conversions were not read again"
    )


def test_one_of_the_types_that_tell_of_a_purchase_counts(told: House) -> None:
    claims = "select date_day, sum(claimed_count), sum(claimed_value), min(action_type), min(booked_by) "
    claims += "from marts.fct_ad_claims where is_primary and platform = %s group by 1 order by 1"
    assert told.rows(claims, "meta_ads") == [
        (FIRST, 4, Decimal("40.00"), "omni_purchase", "conversion"),
        (SECOND, 2, Decimal("62.04"), "omni_purchase", "conversion"),
    ]
    assert told.rows(claims, "google_ads") == [(SECOND, Decimal("3.5"), Decimal("40.5"), "PURCHASE", "touch")]
    sides = "select count(*), sum(claimed_value) from marts.fct_ad_claims where date_day = %s"
    assert told.rows(sides, FIRST) == [(3, Decimal("120.00"))], "the other sides are kept"


def test_what_was_bought_after_a_mere_view_stands_apart_and_has_no_value(told: House) -> None:
    views = "select campaign_id, ad_id, action_group, booked_by, claimed_count, claimed_value, is_primary "
    views += "from marts.fct_ad_claims where attribution_window = 'view_through' order by 1"
    assert told.rows(views) == [
        ("1", "5", "purchase", "touch", 1, None, False),
        ("2", None, "purchase", "touch", 3, None, False),
    ]


def test_kinds_of_claims_never_seen_are_kept_and_shown(told: House) -> None:
    unknown = "select action_type, claimed_count, is_primary from marts.fct_ad_claims "
    assert told.rows(unknown + "where action_group = 'unknown'") == [("TEA_DRUNK", 3, False)]
    assert verdict(told, "assert_every_kind_of_claim_is_known") == ("warn", 1)


def test_a_currency_without_a_rate_has_no_price_and_fails_the_check(told: House) -> None:
    prices = "select reporting_spend_amount, exchange_rate_date from marts.fct_ad_spend "
    assert told.rows(prices + "where currency_code = 'RUB'") == [(None, None)]
    assert verdict(told, "assert_every_ad_cost_is_priced") == ("fail", 1)
    assert verdict(told, "assert_every_marketing_account_has_a_store") == ("warn", 1)


def test_a_day_is_final_once_it_was_read_after_its_window_in_its_own_zone(told: House) -> None:
    labels = "select distinct date_day, final_on, is_provisional from marts.fct_ad_spend "
    labels += "where platform = 'meta_ads' order by 1"
    assert told.rows(labels) == [
        (FIRST, date(2026, 3, 29), False),
        (SECOND, date(2026, 3, 30), True),
    ]
    lags = "select days_since, count_share from marts.agg_conversion_lag order by 1"
    shares = dict(told.rows(lags))
    assert (shares[1], shares[6], shares[7], shares[28], shares[29]) == tuple(
        Decimal(share) for share in ("0.25", "0.25", "0.75", "0.75", "1")
    )


def test_sessions_of_other_rows_belong_to_the_day_that_was_asked_for(told: House) -> None:
    columns = "date_day, source, sessions, is_sampled, is_thresholded, has_other_row, is_provisional"
    assert told.rows(f"select {columns} from marts.fct_sessions order by source") == [
        (SECOND, "(other)", 3, True, True, True, True),
        (SECOND, "google", 7, True, True, True, True),
    ]


def test_a_purchase_that_is_sent_again_is_there_once(told: House) -> None:
    columns = "transaction_id, first_seen_date, source, times_reported, revenue_amount, is_unidentified"
    assert told.rows(f"select {columns} from marts.fct_web_purchases order by is_unidentified") == [
        ("1001", SECOND, "google", 3, Decimal(20), False),
        (None, SECOND, "google", 2, Decimal(10), True),
    ]
    assert told.rows("select distinct observed_at from marts.fct_web_purchases") == [(AT_LAST,)]


def test_campaigns_have_their_newest_names_and_kinds(told: House) -> None:
    columns = "campaign_id, campaign_name, channel_group, is_listed, last_day"
    assert told.rows(f"select {columns} from marts.dim_campaign order by 1") == [
        # what they delivered that day is gone from its report, what was bought after them is not
        ("1", "C1", "Paid Search", True, SECOND),
        ("2", "C2", "Cross-network", True, SECOND),
        ("7", "Campaign 7", "Paid Social", False, SECOND),
        ("8", "Campaign 8", "Paid Social", False, SECOND),
    ]


def test_every_document_is_accounted_for(told: House) -> None:
    views = [
        f"int_{platform}__quality_counts" for platform in ("ga4", "google_ads", "meta_ads", "tiktok_ads")
    ]
    told.dbt("run", "--select", *(f"+{view}" for view in views))
    counted = " union all ".join(f"select * from intermediate.{view}" for view in views)
    sums = (
        "sum(raw_versions), sum(raw_things), sum(staged_things), sum(excluded_things), sum(unparsable_things)"
    )
    assert told.rows(f"select {sums} from ({counted}) as counted") == [(23, 17, 16, 1, 1)]
