"""TikTok's reports: rows, numbers as texts, days of touches and of conversions, spans and pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox.running import Running
from tests.sandbox.ads_world import (
    BROAD,
    GONE,
    TODAY,
    YESTERDAY,
    FixedMarketing,
    advertising,
    claim,
    control,
    delivery,
)
from tests.sandbox.tiktok import ALPINE, EVERY, TikTok

PURCHASES = [
    "spend", "conversion", "real_time_conversion", "complete_payment", "total_complete_payment_rate",
    "cost_per_conversion", "total_purchase_value",
]  # fmt: skip


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    before = TODAY - timedelta(days=4)
    deliveries = {
        ("tiktok_ads", "alpine", YESTERDAY): [delivery(BROAD), delivery(BROAD, 1, clicks=0), delivery(GONE)],
        ("tiktok_ads", "alpine", before): [delivery(BROAD, cost="2.50")],
    }
    claims = [
        claim(BROAD),
        claim(BROAD, hours=72, value="20.00"),
        claim(BROAD, hours=24 * 8),
        claim(BROAD, touch="view", hours=23, value="5.00"),
        claim(BROAD, touch="view", hours=25),
        claim(BROAD, action="add_to_cart", value="9.00"),
    ]
    with advertising(FixedMarketing(deliveries, {("tiktok_ads", "alpine"): claims})) as here:
        control(here, "accounts/tiktok_ads/alpine", qps=0, qpm=0)
        yield here


@pytest.fixture
def tiktok(shared: Running) -> TikTok:
    return TikTok(shared, "alpine", ALPINE)


def of(rows: list[dict[str, Any]], day: str, ad: int = 0) -> dict[str, str]:
    """The metrics of an ad of the first campaign on a day."""
    wanted = {"ad_id": BROAD.groups[0].ads[ad].id, "stat_time_day": f"{day} 00:00:00"}
    [found] = [row["metrics"] for row in rows if row["dimensions"] == wanted]
    metrics: dict[str, str] = found
    return metrics


def test_every_value_is_a_text(tiktok: TikTok) -> None:
    names = [
        "ad_name",
        "campaign_name",
        "campaign_id",
        "adgroup_id",
        "currency",
        "spend",
        "impressions",
        "ctr",
    ]
    row = of(tiktok.rows(metrics=names), "2026-11-21")
    assert row == {
        "ad_name": "Prospecting 0", "campaign_name": "Prospecting", "campaign_id": BROAD.id,
        "adgroup_id": BROAD.groups[0].id, "currency": "USD", "spend": "10.00", "impressions": "1000",
        "ctr": "2.00",
    }  # fmt: skip


def test_conversions_stand_on_the_day_of_the_ad_unless_they_are_real_time(tiktok: TikTok) -> None:
    rows = tiktok.rows(metrics=PURCHASES)
    assert of(rows, "2026-11-21") == {
        "spend": "10.00", "conversion": "1", "real_time_conversion": "3", "complete_payment": "1",
        "total_complete_payment_rate": "50.00", "cost_per_conversion": "10.00",
        "total_purchase_value": "0.00",
    }  # fmt: skip
    assert of(rows, "2026-11-20") == {
        "spend": "0.00", "conversion": "1", "real_time_conversion": "0", "complete_payment": "1",
        "total_complete_payment_rate": "5.00", "cost_per_conversion": "0.00",
        "total_purchase_value": "0.00",
    }  # fmt: skip
    assert of(rows, "2026-11-18")["total_complete_payment_rate"] == "20.00"


def test_what_cannot_be_told_is_a_dash(tiktok: TikTok) -> None:
    row = of(
        tiktok.rows(metrics=["clicks", "cpc", "cost_per_complete_payment", "skan_conversion"]),
        "2026-11-21",
        1,
    )
    assert row == {"clicks": "0", "cpc": "-", "cost_per_complete_payment": "-", "skan_conversion": "-"}
    [account] = tiktok.rows(
        data_level="AUCTION_ADVERTISER",
        dimensions=["advertiser_id"],
        metrics=["ad_name", "advertiser_name", "spend"],
    )
    assert account["dimensions"] == {"advertiser_id": ALPINE}
    assert account["metrics"] == {"ad_name": "-", "advertiser_name": "Alpine", "spend": "32.50"}


def test_deleted_ads_are_left_out_unless_every_state_is_asked_for(tiktok: TikTok) -> None:
    gone = GONE.groups[0].ads[0].id
    assert gone not in {row["dimensions"]["ad_id"] for row in tiktok.rows()}
    assert gone in {row["dimensions"]["ad_id"] for row in tiktok.rows(filtering=EVERY)}
    enabled = [{"field_name": "ad_status", "filter_type": "IN", "filter_value": '["STATUS_DELIVERY_OK"]'}]
    assert gone not in {row["dimensions"]["ad_id"] for row in tiktok.rows(filtering=enabled)}


def test_levels_and_lifetimes(tiktok: TikTok) -> None:
    [campaign] = tiktok.rows(data_level="AUCTION_CAMPAIGN", dimensions=["campaign_id"])
    assert campaign["dimensions"] == {"campaign_id": BROAD.id}
    assert campaign["metrics"]["spend"] == "22.50"
    life = tiktok.rows(
        query_lifetime="true", dimensions=["ad_id"], start_date=None, end_date=None, order_field="spend"
    )
    assert [row["metrics"]["spend"] for row in life] == ["12.50", "10.00"]


def test_pages_are_counted(tiktok: TikTok) -> None:
    first = tiktok.report(page_size=2)["data"]
    info = first["page_info"]
    assert (info["page"], info["page_size"], info["total_page"]) == (1, 2, -(-info["total_number"] // 2))
    last = tiktok.report(page_size=2, page=info["total_page"])["data"]["list"]
    assert last
    assert tiktok.report(page_size=2, page=99)["data"]["list"] == []
    assert tiktok.report(page_size=None)["data"]["page_info"]["page_size"] == 10
    quiet = tiktok.report(start_date="2026-10-01", end_date="2026-10-02")["data"]
    assert quiet["list"] == []
    assert (quiet["page_info"]["total_number"], quiet["page_info"]["total_page"]) == (0, 0)


def test_a_span_is_thirty_days_both_ends_included(tiktok: TikTok) -> None:
    assert tiktok.report(start_date="2026-10-24")["code"] == 0
    refused = tiktok.report(start_date="2026-10-23")
    assert (refused["code"], refused["message"]) == (
        40002, "max time span is 30 days when use stat_time_day",
    )  # fmt: skip
    assert tiktok.report(start_date="2025-12-01", dimensions=["ad_id"])["code"] == 0
    assert (
        tiktok.report(start_date="2025-11-01", dimensions=["ad_id"])["message"] == "max time span is 365 days"
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"report_type": None}, "Missing required field(s): report_type."),
        ({"advertiser_id": None}, "Missing required field(s): advertiser_id."),
        ({"dimensions": None}, "Missing required field(s): dimensions."),
        ({"start_date": None}, "Missing required field(s): start_date."),
        ({"report_type": "MOODS"}, "report_type: Must be one of"),
        ({"data_level": "AUCTION_MOOD"}, "data_level: Must be one of"),
        ({"dimensions": ["campaign_id", "stat_time_day"]}, "Invalid dimension fields: ['campaign_id']"),
        ({"dimensions": ["ad_id", "stat_time_day", "stat_time_hour"]}, "Invalid dimension fields"),
        ({"metrics": ["spend", "video_views"]}, "Invalid metric fields: ['video_views']"),
        ({"metrics": "spend"}, "metrics: Field must be set to array"),
        ({"start_date": "2026-11-1"}, "start_date: Not a valid date"),
        ({"start_date": "2026-11-23"}, "start_date cannot be later than end_date"),
        ({"page_size": 1001}, "page_size: Must be less than or equal to 1000"),
        ({"page": 0}, "page: Must be greater than or equal to 1"),
        ({"query_lifetime": "true"}, "query_lifetime does not support"),
    ],
)
def test_mistakes_are_40002(tiktok: TikTok, changed: dict[str, Any], words: str) -> None:
    body = tiktok.report(**changed)
    assert (body["code"], body["data"]) == (40002, {})
    assert words in body["message"]
