"""Google Ads: things whole, days in spans side by side, and a document for every day that was asked for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from loaders.common import LoadFailed
from loaders.google_ads import settings
from tests.loaders.scripted import Answer, Asked
from tests.loaders.scripted_google_ads import ID, MANAGER, Customer


def things(ads: Customer) -> None:
    ads.things = {
        "campaign": [{"campaign": {"id": "7", "name": "Brand"}}, {"campaign": {"id": "8", "name": "PMax"}}],
        "ad_group": [{"campaign": {"id": "7"}, "adGroup": {"id": "70", "name": "Tea"}}],
        "ad_group_ad": [
            {"campaign": {"id": "7"}, "adGroup": {"id": group}, "adGroupAd": {"ad": {"id": "701"}}}
            for group in ("70", "71")
        ],
        "conversion_action": [{"conversionAction": {"id": "9", "category": "PURCHASE"}}],
    }


def test_things_are_documents_of_their_own(ads: Customer) -> None:
    things(ads)
    report = ads.load()
    assert ads.documents("customers")[ID]["customer"]["timeZone"] == "Europe/London"
    assert sorted(ads.documents("campaigns")) == ["7", "8"]
    assert ads.documents("ad_groups")["70"]["adGroup"]["name"] == "Tea"
    # One ad may be in several groups.
    assert sorted(ads.documents("ads")) == ["70~701", "71~701"]
    assert list(ads.documents("conversion_actions")) == ["9"]
    assert not report.warnings
    again = ads.load()
    assert again.rows == 0
    assert again.resources["ads"].unchanged == 2


def test_every_request_names_the_manager(ads: Customer) -> None:
    ads.load("customers")
    assert {one.headers.get("login-customer-id") for one in ads.asked} == {MANAGER}
    ads.configured.account(customer_id=ID, base_url=ads.url, token_url=f"{ads.url}/token")
    ads.asked.clear()
    ads.load("customers")
    assert {one.headers.get("login-customer-id") for one in ads.asked} == {None}


def test_days_hold_the_figures_of_ads_and_of_campaigns(ads: Customer) -> None:
    ads.spend("2026-11-03", 702, 2_500_000)
    ads.spend("2026-11-03", 701, 1_000_001)
    ads.spend("2026-11-03", None, 9_000_000, campaign=8)
    ads.load("ad_reports")
    found = ads.documents("ad_reports")
    day = found["2026-11-03"]
    assert [row["adGroupAd"]["ad"]["id"] for row in day["ads"]] == ["701", "702"]
    assert sum(int(row["metrics"]["costMicros"]) for row in day["campaigns"]) == 12_500_001
    # A day without delivery is one that nobody was charged for, and not one that was never asked for.
    empty = found["2026-11-04"]
    assert empty == {"day": "2026-11-04", "ads": [], "campaigns": [], "is_final": False}
    assert [min(found), max(found), len(found)] == ["2026-11-01", "2026-11-22", 22]


def test_conversions_are_asked_for_by_action_and_apart_from_cost(ads: Customer) -> None:
    action = {"conversionAction": f"customers/{ID}/conversionActions/9", "date": "2026-11-05"}
    row = {"campaign": {"id": "7"}, "segments": action, "metrics": {"conversions": 1.5}}
    ads.conversions["campaign"].append(row)
    ads.load("conversion_reports")
    assert ads.documents("conversion_reports")["2026-11-05"]["campaigns"] == [row]
    asked = [one for one in ads.queries() if "conversion_action" in one]
    assert asked
    assert not [one for one in asked if "cost_micros" in one or "clicks" in one]


def test_the_open_days_are_read_again_in_spans(ads: Customer) -> None:
    ads.configured.account(customer_id=ID, base_url=ads.url, token_url=f"{ads.url}/token", since="2026-01-01")
    ads.spend("2026-08-30", 701, 1)
    ads.load("ad_reports")
    ads.now += timedelta(days=1)
    ads.asked.clear()
    ads.figures["ad_group_ad"][0]["metrics"]["costMicros"] = "2"
    again = ads.load("ad_reports").resources["ad_reports"]
    spans = sorted(ads.spans())
    assert (spans[0][0], spans[-1][1], len(spans)) == ("2026-08-24", "2026-11-23", 10)
    assert sorted(ads.spans("campaign")) == spans
    # The day that moved, the one that is final now, the one that is new.
    assert (again.rows, again.unchanged) == (3, 89)


def test_the_order_of_rows_is_no_news(ads: Customer) -> None:
    ads.spend("2026-11-03", 702, 2)
    ads.spend("2026-11-03", 701, 1)
    ads.load()
    for rows in ads.figures.values():
        rows.reverse()
    assert ads.load().rows == 0


def test_pages_are_read_to_the_last_with_the_same_question(ads: Customer) -> None:
    ads.page_size = 3
    for number in range(8):
        ads.spend("2026-11-03", 700 + number, number + 1)
    ads.load("ad_reports")
    assert len(ads.documents("ad_reports")["2026-11-03"]["ads"]) == 8
    asked = [json.loads(one.body) for one in ads.asked if b"2026-11-01" in one.body]
    by_ad = [one for one in asked if "FROM ad_group_ad" in one["query"]]
    assert [one.get("pageToken") for one in by_ad] == [None, "page-3", "page-6"]
    assert len({one["query"] for one in by_ad}) == 1


def test_a_page_that_is_lost_begins_the_question_anew(ads_alone: Customer) -> None:
    ads_alone.page_size = 3
    ads_alone.things["campaign"] = [{"campaign": {"id": str(number)}} for number in range(5)]
    code = ("requestError", "EXPIRED_PAGE_TOKEN")
    lost = [ads_alone.fail(400, "INVALID_ARGUMENT", code, "Page token has expired.")]

    def between(asked: Asked) -> Answer | None:
        return lost.pop() if lost and b"pageToken" in asked.body else None

    ads_alone.between = between
    rows, _ = ads_alone.client().rows("SELECT campaign.id FROM campaign")
    assert [row["campaign"]["id"] for row in rows] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("zone", "newest"), [("Pacific/Auckland", "2026-11-22"), ("America/Los_Angeles", "2026-11-21")]
)
def test_today_is_the_accounts_own_by_the_vendors_clock(ads: Customer, zone: str, newest: str) -> None:
    ads.customer["timeZone"] = zone
    ads.load("ad_reports")
    assert max(ads.documents("ad_reports")) == newest


def test_what_is_out_of_reach_is_left_out_and_said(ads: Customer) -> None:
    (warning,) = ads.load("ad_reports", since="2019-01-01", until="2023-10-28").warnings
    assert "it shows 1123 days" in warning
    assert sorted(ads.documents("ad_reports")) == ["2023-10-26", "2023-10-27", "2023-10-28"]


def test_spans_are_read_side_by_side_within_the_limit(ads: Customer) -> None:
    ads.latency = 0.02
    ads.configured.account(customer_id=ID, base_url=ads.url, token_url=f"{ads.url}/token", since="2026-08-01")
    ads.load()
    assert 1 < ads.most_busy <= settings.CONCURRENCY


def test_a_row_of_another_day_is_no_answer_to_the_question(ads: Customer) -> None:
    stray = {"campaign": {"id": "7"}, "segments": {"date": "2025-01-01"}, "metrics": {}}

    def between(asked: Asked) -> Answer | None:
        return ads.say({"results": [stray]}) if b"segments.date" in asked.body else None

    ads.between = between
    with pytest.raises(LoadFailed, match="has a row of 2025-01-01"):
        ads.load("ad_reports")
    assert ads.rows("ad_reports") == 0
