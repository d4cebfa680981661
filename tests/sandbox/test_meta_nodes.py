"""Meta's accounts, campaigns, ad sets and ads, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.ads_world import BROAD, GONE, RETARGETING, FixedMarketing, advertising, campaign
from tests.sandbox.meta import ACT, Meta

ALL = '["ACTIVE","PAUSED","ARCHIVED","DELETED"]'
ALL_ADS = '["ACTIVE","PAUSED","CAMPAIGN_PAUSED","ADSET_PAUSED","ARCHIVED","DELETED"]'


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    many = tuple(campaign(number, f"Campaign {number}") for number in range(10, 40))
    with advertising(FixedMarketing(existing=(BROAD, RETARGETING, GONE, *many))) as running:
        yield running


@pytest.fixture
def meta(here: Running) -> Meta:
    return Meta(here, "harbour")


def test_little_is_sent_unless_it_is_asked_for(meta: Meta) -> None:
    assert meta.get(ACT) == {"account_id": "550000000000001", "id": ACT}
    assert meta.get(f"{ACT}/campaigns", limit="1")["data"] == [{"id": BROAD.id}]
    assert meta.get("me")["id"]


def test_an_account_tells_its_zone_and_currency(here: Running, meta: Meta) -> None:
    names = "name,currency,account_status,timezone_name,timezone_offset_hours_utc,balance"
    assert meta.get(ACT, fields=names) == {
        "name": "Harbour", "currency": "GBP", "account_status": 1, "timezone_name": "Europe/London",
        "timezone_offset_hours_utc": 0.0, "id": ACT,
    }  # fmt: skip
    other = Meta(here, "alpine").get("act_550000000000002", fields=names)
    assert (other["timezone_name"], other["timezone_offset_hours_utc"]) == ("America/Los_Angeles", -8.0)


def test_what_is_deleted_is_left_out_unless_asked_for(meta: Meta) -> None:
    usual = meta.get(f"{ACT}/campaigns", fields="name,status", limit="100")["data"]
    assert {one["status"] for one in usual} == {"ACTIVE", "PAUSED"}
    every = meta.get(f"{ACT}/campaigns", fields="name,status", limit="100", effective_status=ALL)["data"]
    assert [one["name"] for one in every if one["status"] == "DELETED"] == ["Summer"]
    by_filter = f'[{{"field":"campaign.effective_status","operator":"IN","value":{ALL}}}]'
    assert (
        meta.get(f"{ACT}/campaigns", fields="name,status", limit="100", filtering=by_filter)["data"] == every
    )
    assert meta.error(f"{ACT}/campaigns", effective_status='["ADSET_PAUSED"]')["code"] == 100


def test_an_effective_status_knows_what_is_above(meta: Meta) -> None:
    ads = meta.get(f"{ACT}/ads", fields="name,status,effective_status", limit="9", effective_status=ALL_ADS)[
        "data"
    ]
    states = {one["name"]: (one["status"], one["effective_status"]) for one in ads}
    assert states["Prospecting 0"] == ("ACTIVE", "ACTIVE")
    assert states["Prospecting 2"] == ("PAUSED", "PAUSED")
    assert states["Retargeting 0"] == ("ACTIVE", "CAMPAIGN_PAUSED")
    assert states["Summer 0"] == ("ACTIVE", "DELETED")


def test_things_know_what_they_belong_to(meta: Meta) -> None:
    assert meta.get(BROAD.id, fields="updated_time")["updated_time"] == "2026-10-01T10:00:00+0100"
    [adset] = meta.get(f"{BROAD.id}/adsets", fields="name,campaign_id,updated_time")["data"]
    assert adset["updated_time"] == "2025-10-01T10:00:00+0100"
    assert (adset["campaign_id"], adset["id"]) == (BROAD.id, BROAD.groups[0].id)
    ads = meta.get(f"{adset['id']}/ads", fields="adset_id,campaign_id,created_time")["data"]
    assert {(one["adset_id"], one["campaign_id"]) for one in ads} == {(adset["id"], BROAD.id)}
    assert ads[0]["created_time"] == "2025-10-01T10:00:00+0100"
    assert meta.get(ads[0]["id"], fields="name") == {"name": "Prospecting 0", "id": ads[0]["id"]}


def test_pages_are_linked_both_ways(meta: Meta) -> None:
    first: dict[str, Any] = meta.get(f"{ACT}/campaigns")
    assert len(first["data"]) == 25
    assert "previous" not in first["paging"]
    second = requests.get(first["paging"]["next"], timeout=20).json()
    assert len(second["data"]) == 7
    assert "next" not in second["paging"]
    assert second["paging"]["cursors"]["after"]
    back = requests.get(second["paging"]["previous"], timeout=20).json()
    assert back["data"] == first["data"]
    by_cursor = meta.get(f"{ACT}/campaigns", after=first["paging"]["cursors"]["after"])
    assert by_cursor["data"] == second["data"]


@pytest.mark.parametrize("cursor", ["not a cursor", "QUJD", "%%%"])
def test_a_cursor_is_one_that_was_handed_out(meta: Meta, cursor: str) -> None:
    refused = meta.error(f"{ACT}/ads", after=cursor)
    assert (refused["code"], refused["message"]) == (2642, "Invalid cursors values")
