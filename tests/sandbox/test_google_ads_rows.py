"""Rows of Google Ads: their form as Google's own messages, and the business's figures in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from google.ads.googleads.v26.services.types.google_ads_service import (
    SearchGoogleAdsResponse,
    SearchGoogleAdsStreamResponse,
)
from google.protobuf import json_format  # type: ignore[import-untyped]

from sandbox.business.marketing.types import Claim, Delivery
from sandbox.google_ads.catalogue import FIELDS
from tests.sandbox.google_callers import AdsCaller

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 20)
DAYS = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
ON_DAYS = f"segments.date BETWEEN '{FIRST}' AND '{LAST}'"
BY_CAMPAIGN = f"SELECT campaign.id, segments.date, {{}} FROM campaign WHERE {ON_DAYS}"
BY_AD = f"SELECT ad_group_ad.ad.id, segments.date, {{}} FROM ad_group_ad WHERE {ON_DAYS}"
MICROS = 1_000_000


def delivered(ads: AdsCaller) -> list[tuple[date, Delivery]]:
    marketing = ads.here.sandbox.world.marketing
    account = marketing.account("google_ads", "harbour")
    return [(day, one) for day in DAYS for one in marketing.delivery(account, day)]


def claimed(ads: AdsCaller, by: str, *, views: bool = False) -> list[tuple[date, Claim]]:
    """What is claimed for clicks and ads that were watched, or for those that were merely shown."""
    marketing = ads.here.sandbox.world.marketing
    account = marketing.account("google_ads", "harbour")
    claims = ((day, one) for day in DAYS for one in marketing.claims(account, day, by))
    return [(day, one) for day, one in claims if (one.touch == "view") == views]


def summed(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    found: Counter[Any] = Counter()
    for key, amount in pairs:
        found[key] += amount
    return {key: amount for key, amount in found.items() if amount}


def figures(rows: Iterable[dict[str, Any]], name: str) -> dict[Any, Any]:
    return summed(
        ((row["campaign"]["id"], row["segments"]["date"]), Decimal(str(row["metrics"][name]))) for row in rows
    )


def test_campaigns_show_everything_that_was_delivered(ads: AdsCaller) -> None:
    rows = ads.rows(BY_CAMPAIGN.format("metrics.cost_micros, metrics.impressions, metrics.clicks"))
    parts: dict[str, Callable[[Delivery], Decimal | int]] = {
        "costMicros": lambda one: one.cost * MICROS,
        "impressions": lambda one: one.impressions,
        "clicks": lambda one: one.clicks,
    }
    for name, part in parts.items():
        wanted = summed(((one.campaign.id, f"{day}"), part(one)) for day, one in delivered(ads))
        assert figures(rows, name) == wanted


def test_ads_show_less_where_campaigns_have_none(ads: AdsCaller) -> None:
    rows = ads.rows(BY_AD.format("metrics.cost_micros"))
    by_ad = summed((row["adGroupAd"]["ad"]["id"], int(row["metrics"]["costMicros"])) for row in rows)
    assert by_ad == summed((one.ad.id, one.cost * MICROS) for _, one in delivered(ads) if one.ad)
    assert sum(by_ad.values()) < sum(one.cost for _, one in delivered(ads)) * MICROS


def test_conversions_stand_on_the_day_of_the_click_and_on_their_own(ads: AdsCaller) -> None:
    names = "metrics.conversions, metrics.conversions_value, metrics.all_conversions"
    rows = ads.rows(BY_CAMPAIGN.format(f"{names}, metrics.conversions_by_conversion_date"))
    bought = [(day, one) for day, one in claimed(ads, "touch") if one.action == "purchase"]
    own_day = [(day, one) for day, one in claimed(ads, "conversion") if one.action == "purchase"]
    assert bought
    for name, pairs in (
        ("conversions", [(day, one, one.share) for day, one in bought]),
        ("conversionsValue", [(day, one, one.value) for day, one in bought]),
        ("allConversions", [(day, one, one.share) for day, one in claimed(ads, "touch")]),
        ("conversionsByConversionDate", [(day, one, one.share) for day, one in own_day]),
    ):
        wanted = summed(((one.campaign.id, f"{day}"), amount) for day, one, amount in pairs)
        assert {key: pytest.approx(float(value)) for key, value in wanted.items()} == {
            key: float(value) for key, value in figures(rows, name).items()
        }


def test_views_stand_beside_the_conversions_on_the_day_of_the_view(ads: AdsCaller) -> None:
    seen = claimed(ads, "touch", views=True)
    assert seen
    assert all(one.touched_on == day and one.action == "purchase" for day, one in seen)
    wanted = summed(((one.campaign.id, f"{day}"), 1) for day, one in seen)
    rows = ads.rows(BY_CAMPAIGN.format("metrics.view_through_conversions"))
    assert figures(rows, "viewThroughConversions") == wanted
    by_action = "segments.conversion_action_category, metrics.view_through_conversions"
    bought = [
        row
        for row in ads.rows(BY_CAMPAIGN.format(by_action))
        if row["segments"]["conversionActionCategory"] == "PURCHASE"
    ]
    assert figures(bought, "viewThroughConversions") == wanted


def test_conversions_by_action_name_what_the_actions_are(ads: AdsCaller) -> None:
    segments = "segments.conversion_action, segments.conversion_action_name"
    names = f"{segments}, segments.conversion_action_category, metrics.all_conversions, metrics.conversions"
    rows = ads.rows(BY_CAMPAIGN.format(names))
    known = {
        row["conversionAction"]["resourceName"]: row["conversionAction"]
        for row in ads.rows(
            "SELECT conversion_action.name, conversion_action.category, conversion_action.primary_for_goal "
            "FROM conversion_action"
        )
    }
    for row in rows:
        action = known[row["segments"]["conversionAction"]]
        assert row["segments"]["conversionActionName"] == action["name"]
        assert row["segments"]["conversionActionCategory"] == action["category"]
        assert row["metrics"]["conversions"] in (0, row["metrics"]["allConversions"])
        assert bool(row["metrics"]["conversions"]) <= action["primaryForGoal"]
    assert {row["segments"]["conversionActionCategory"] for row in rows} >= {"PURCHASE", "ADD_TO_CART"}


def test_zeros_are_rows_only_without_segments(ads: AdsCaller) -> None:
    plain = ads.rows("SELECT campaign.id, metrics.clicks FROM campaign WHERE segments.date DURING TODAY")
    assert "0" in {row["metrics"]["clicks"] for row in plain}
    assert len(plain) == len(ads.rows("SELECT campaign.id FROM campaign"))
    by_day = ads.rows(BY_CAMPAIGN.format("metrics.clicks"))
    assert "0" not in {row["metrics"]["clicks"] for row in by_day}


def test_what_was_removed_keeps_its_days(ads: AdsCaller) -> None:
    removed = "campaign.status = 'REMOVED'"
    year = "segments.date BETWEEN '2025-10-01' AND '2026-11-20'"
    rows = ads.rows(f"SELECT campaign.name, metrics.cost_micros FROM campaign WHERE {removed} AND {year}")
    assert [int(row["metrics"]["costMicros"]) > 0 for row in rows] == [True]


@pytest.mark.parametrize("resource", ["customer", "campaign", "ad_group", "ad_group_ad", "conversion_action"])
def test_an_answer_is_googles_message(ads: AdsCaller, resource: str) -> None:
    own = [path for path in FIELDS if path.startswith(f"{resource}.")]
    figures_ = [] if resource == "conversion_action" else ["segments.date", "metrics.clicks", "metrics.ctr"]
    where = f" WHERE {ON_DAYS}" if figures_ else ""
    query = f"SELECT {', '.join([*own, *figures_])} FROM {resource}{where}"
    body = ads.ask(query).json()
    message = SearchGoogleAdsResponse.pb()()
    json_format.ParseDict(body, message)
    assert len(message.results) == len(body["results"]) > 0
    (batch,) = ads.ask(query, verb="searchStream").json()
    streamed = SearchGoogleAdsStreamResponse.pb()()
    json_format.ParseDict(batch, streamed)
    assert list(streamed.results) == list(message.results)
    assert list(streamed.field_mask.paths) == [*own, *figures_]


def test_the_form_of_a_row(ads: AdsCaller) -> None:
    metrics = "metrics.cost_micros, metrics.view_through_conversions, metrics.conversions"
    day = "segments.date = '2026-11-18'"
    query = f"SELECT ad_group_ad.ad.id, segments.date, {metrics} FROM ad_group_ad WHERE {day} LIMIT 1"
    (row,) = ads.rows(query)
    ad, group = row["adGroupAd"]["ad"]["id"], row["adGroupAd"]["resourceName"].partition("Ads/")[2]
    assert row == {
        "adGroupAd": {
            "ad": {"id": ad, "resourceName": f"customers/1000000001/ads/{ad}"},
            "resourceName": f"customers/1000000001/adGroupAds/{group}",
        },
        "segments": {"date": "2026-11-18"},
        "metrics": {
            "costMicros": row["metrics"]["costMicros"],
            "viewThroughConversions": "0",
            "conversions": 0,
        },
    }
    assert group.endswith(f"~{ad}")
    (bare,) = ads.rows(f"{query} PARAMETERS omit_unselected_resource_names=true")
    assert bare["adGroupAd"] == {"ad": {"id": ad}}


def test_a_manager_lists_its_clients(ads: AdsCaller) -> None:
    query = "SELECT customer_client.id, customer_client.level, customer_client.manager FROM customer_client"
    rows = [row["customerClient"] for row in ads.rows(query, customer=ads.manager)]
    assert [(row["id"], row["level"], row["manager"]) for row in rows] == [
        ("9990001111", "0", True),
        ("1000000001", "1", False),
        ("1000000004", "1", False),
    ]
    below = ads.rows(f"{query} WHERE customer_client.level = 1", customer=ads.manager)
    assert len(below) == 2
    assert below[0]["customerClient"]["resourceName"] == "customers/9990001111/customerClients/1000000001"
