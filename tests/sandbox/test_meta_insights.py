"""Meta's insights: rows, numbers as texts, windows, overlapping types of action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox.running import Running
from tests.sandbox.ads_world import (
    BROAD,
    GONE,
    RETARGETING,
    TODAY,
    YESTERDAY,
    FixedMarketing,
    advertising,
    claim,
    control,
    delivery,
    tidied,
)
from tests.sandbox.meta import ACT, Meta

WINDOWS = '["1d_click","7d_click","28d_click","1d_view"]'
IDS = "campaign_id,campaign_name,adset_id,ad_id,ad_name"
COUNTS = "spend,impressions,clicks,inline_link_clicks,actions,action_values,purchase_roas"


@pytest.fixture(scope="module")
def marketing() -> FixedMarketing:
    days = {YESTERDAY: [delivery(BROAD), delivery(BROAD, 1, cost="3.50", clicks=0), delivery(GONE)]}
    days[TODAY - timedelta(days=2)] = [delivery(BROAD, cost="7.25")]
    return FixedMarketing(
        {("meta_ads", "harbour", day): rows for day, rows in days.items()},
        {
            ("meta_ads", "harbour"): [
                claim(BROAD),
                claim(BROAD, hours=100, value="20.50"),
                claim(BROAD, hours=24 * 20, value="30.00"),
                claim(BROAD, touch="view", hours=3, value="9.50"),
                claim(BROAD, touch="view", hours=30),
                claim(BROAD, touch="engaged_view", hours=3, value="1.00"),
                claim(BROAD, action="add_to_cart", value="0"),
                claim(RETARGETING, hours=24 * 9, value="40.00"),
            ]
        },
    )


@pytest.fixture(scope="module")
def shared(marketing: FixedMarketing) -> Iterator[Running]:
    with advertising(marketing) as here:
        yield here


@pytest.fixture
def here(shared: Running) -> Iterator[Running]:
    yield from tidied(shared)


@pytest.fixture
def meta(here: Running) -> Meta:
    return Meta(here, "harbour")


def rows(meta: Meta, **more: str) -> list[dict[str, Any]]:
    sent: dict[str, Any] = {
        "level": "ad",
        "time_increment": "1",
        "time_range": f'{{"since":"{YESTERDAY}","until":"{YESTERDAY}"}}',
        "fields": f"{IDS},{COUNTS}",
        "action_attribution_windows": WINDOWS,
        **more,
    }
    return list(meta.get(f"{ACT}/insights", **sent)["data"])


def stats(row: dict[str, Any], field: str, action_type: str) -> dict[str, str]:
    [found] = [one for one in row[field] if one["action_type"] == action_type]
    return {name: value for name, value in found.items() if name != "action_type"}


def test_every_number_is_a_text_and_what_there_is_none_of_is_missing(meta: Meta) -> None:
    first, second, *_ = rows(meta)
    assert (first["spend"], first["impressions"], first["clicks"]) == ("10", "1000", "20")
    assert first["inline_link_clicks"] == "10"
    assert (second["spend"], second["clicks"]) == ("3.5", "0")
    assert {"inline_link_clicks", "actions", "action_values", "purchase_roas"}.isdisjoint(second)
    assert (first["date_start"], first["date_stop"]) == ("2026-11-21", "2026-11-21")


def test_types_overlap_and_all_report_the_same_purchases(meta: Meta) -> None:
    row = rows(meta)[0]
    overlapping = ("purchase", "omni_purchase", "offsite_conversion.fb_pixel_purchase", "onsite_web_purchase")
    counted = {each: stats(row, "actions", each) for each in overlapping}
    assert all(
        one == {"value": "3", "1d_click": "1", "7d_click": "2", "28d_click": "3", "1d_view": "1"}
        for one in counted.values()
    )
    assert stats(row, "action_values", "omni_purchase") == {
        "value": "80", "1d_click": "50", "7d_click": "70.5", "28d_click": "100.5", "1d_view": "9.5",
    }  # fmt: skip
    assert stats(row, "purchase_roas", "omni_purchase")["value"] == "8"
    assert stats(row, "actions", "link_click") == {
        "value": "10", "1d_click": "10", "7d_click": "10", "28d_click": "10",
    }  # fmt: skip
    assert stats(row, "actions", "add_to_cart")["value"] == "1"
    assert "add_to_cart" not in {one["action_type"] for one in row["action_values"]}


def test_windows_come_only_where_asked_for_and_some_never(meta: Meta) -> None:
    assert stats(rows(meta, action_attribution_windows="")[0], "actions", "purchase") == {"value": "3"}
    never = rows(meta, action_attribution_windows='["7d_view","28d_view","1d_ev"]')[0]
    assert stats(never, "actions", "purchase") == {"value": "3", "1d_ev": "1"}
    refused = meta.error(f"{ACT}/insights", action_attribution_windows='["2d_click"]')
    assert refused["code"] == 100
    assert "action_attribution_windows[0] must be one of" in refused["message"]


def test_an_ad_that_only_converted_has_a_row_without_delivery(meta: Meta) -> None:
    [row] = [one for one in rows(meta) if one["campaign_name"] == "Retargeting"]
    assert (row["spend"], row["impressions"], row["clicks"]) == ("0", "0", "0")
    assert stats(row, "actions", "purchase") == {"28d_click": "1"}
    assert "purchase_roas" not in row


def test_deleted_ads_keep_their_days_and_a_day_without_anything_has_no_row(meta: Meta) -> None:
    assert "Summer" in {one["campaign_name"] for one in rows(meta)}
    quiet = TODAY - timedelta(days=9)
    range_ = f'{{"since":"{quiet}","until":"{quiet}"}}'
    assert meta.get(f"{ACT}/insights", time_range=range_, level="ad") == {"data": []}


def test_levels_add_up(meta: Meta) -> None:
    [account] = rows(meta, level="account", fields="spend,impressions,campaign_id,actions")
    assert (account["spend"], account["impressions"]) == ("23.5", "3000")
    assert "campaign_id" not in account
    assert stats(account, "actions", "purchase")["28d_click"] == "4"
    campaigns = rows(meta, level="campaign", fields="campaign_name,spend")
    assert {one["campaign_name"]: one["spend"] for one in campaigns} == {
        "Prospecting": "13.5", "Summer": "10", "Retargeting": "0",
    }  # fmt: skip


def test_increments_cut_the_range(meta: Meta) -> None:
    wide = f'{{"since":"{TODAY - timedelta(days=9)}","until":"{TODAY}"}}'
    daily = rows(meta, time_range=wide, level="account", fields="spend")
    assert [(one["date_start"], one["spend"]) for one in daily] == [
        ("2026-11-20", "7.25"), ("2026-11-21", "23.5"),
    ]  # fmt: skip
    [whole] = rows(meta, time_range=wide, level="account", fields="spend", time_increment="all_days")
    assert (whole["date_start"], whole["date_stop"], whole["spend"]) == ("2026-11-13", "2026-11-22", "30.75")
    [week, rest] = rows(meta, time_range=wide, level="account", fields="spend", time_increment="8")
    assert (week["date_stop"], week["spend"], rest["spend"]) == ("2026-11-20", "7.25", "23.5")
    [preset] = meta.get(f"{ACT}/insights", date_preset="yesterday")["data"]
    assert (preset["date_start"], preset["spend"]) == ("2026-11-21", "23.5")


def test_rows_are_filtered_and_sorted(meta: Meta) -> None:
    spent = '[{"field":"ad.impressions","operator":"GREATER_THAN","value":0}]'
    found = rows(meta, filtering=spent, sort="spend_descending")
    assert [one["spend"] for one in found] == ["10", "10", "3.5"]
    unknown = '[{"field":"ad.mood","operator":"EQUAL","value":1}]'
    assert "not supported" in meta.error(f"{ACT}/insights", filtering=unknown)["message"]


def test_a_type_nobody_has_seen_reports_the_purchases_too(here: Running, meta: Meta) -> None:
    control(here, "faults", kind="unknown_action", platform="meta_ads", store="harbour", name="brand_new")
    row = rows(meta)[0]
    assert stats(row, "actions", "brand_new") == stats(row, "actions", "omni_purchase")
    assert stats(row, "action_values", "brand_new")["value"] == "80"


@pytest.mark.parametrize(
    ("sent", "code", "words"),
    [
        ({"fields": "spend,impressions_x,mood"}, 100, "(#100) impressions_x is not valid for fields param."),
        ({"level": "adgroup"}, 100, "level must be one of"),
        ({"time_range": '{"since":"2026-11-9","until":"2026-11-10"}'}, 100, "YYYY-MM-DD"),
        ({"time_range": '{"since":"2026-11-10","until":"2026-11-09"}'}, 100, "since must not be after until"),
        ({"time_range": '{"since":"2023-10-21","until":"2023-10-22"}'}, 3018, "beyond 37 months"),
        ({"time_range": "yesterday"}, 100, "must be valid JSON"),
        ({"time_increment": "91"}, 100, "between 1 and 90"),
        ({"date_preset": "last_5d"}, 100, "date_preset must be one of"),
        ({"breakdowns": "age"}, 2, "No data is available for the requested metrics and breakdowns"),
        ({"limit": "none"}, 100, "limit"),
    ],
)
def test_mistakes_are_told_one_at_a_time(meta: Meta, sent: dict[str, Any], code: int, words: str) -> None:
    refused = meta.error(f"{ACT}/insights", **sent)
    assert refused["code"] == code
    assert words in refused["message"]
