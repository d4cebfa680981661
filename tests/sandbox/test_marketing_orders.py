"""The visits behind an order, as Shopify's summary and WooCommerce's order attribution show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.business.marketing.journeys import Journey
from sandbox.business.world import build_world
from sandbox.running import Running, running
from tests.sandbox.client import Client
from tests.sandbox.woo import Woo

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
VISIT = """{ id landingPage occurredAt referralCode referrerUrl source sourceDescription sourceType
  utmParameters { source medium campaign content term } }"""
JOURNEYS = f"""query($after: String) {{ orders(first: 250, after: $after) {{
  pageInfo {{ hasNextPage endCursor }} nodes {{ legacyResourceId sourceName customer {{ id }}
    customerJourneySummary {{ ready customerOrderIndex daysToConversion momentsCount {{ count precision }}
      firstVisit {VISIT} lastVisit {VISIT} }} }} }} }}"""
PREFIX = "_wc_order_attribution_"


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    with running(build_world(600, 7, AS_OF)) as practice:
        yield practice


def journey(here: Running, store: str, number: int) -> Journey | None:
    found: Journey | None = here.sandbox.world.marketing.journey(store, number)
    return found


@pytest.fixture(scope="module")
def harbour(here: Running) -> list[dict[str, Any]]:
    """Every order of a shop with its summary."""
    client, found, after = Client(here.url, "harbour"), [], None
    while True:
        page = client.data(JOURNEYS, after=after)["orders"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.fixture(scope="module")
def linden(here: Running) -> dict[int, dict[str, str]]:
    """What the attribution noted, by order, without the prefix of its keys."""
    return {
        one["id"]: {
            each["key"].removeprefix(PREFIX): each["value"]
            for each in one["meta_data"]
            if each["key"].startswith(PREFIX)
        }
        for one in Woo(here).orders(per_page=100)
    }


def test_orders_of_the_site_have_visits_and_others_have_none(
    here: Running, harbour: list[dict[str, Any]]
) -> None:
    for order in harbour:
        summary = order["customerJourneySummary"]
        came = journey(here, "harbour", int(order["legacyResourceId"]))
        assert summary["ready"] is True
        assert (came is not None) == (order["sourceName"] == "web")
        if came is None:
            assert summary["momentsCount"] == {"count": 0, "precision": "EXACT"}
            assert summary["firstVisit"] is summary["lastVisit"] is summary["daysToConversion"] is None
        else:
            assert summary["momentsCount"]["count"] == 1 + len(came.linked)
            first = [*came.linked, came.visit][0]
            assert summary["firstVisit"]["occurredAt"] == f"{first.at:%Y-%m-%dT%H:%M:%SZ}"
            assert summary["daysToConversion"] <= 30


def test_a_single_visit_is_not_always_repeated_as_the_last(harbour: list[dict[str, Any]]) -> None:
    summaries = [one["customerJourneySummary"] for one in harbour]
    single = [one for one in summaries if one["momentsCount"]["count"] == 1]
    assert {one["lastVisit"] is None for one in single} == {True, False}
    assert all(one["lastVisit"] in (None, one["firstVisit"]) for one in single)
    several = [one for one in summaries if one["momentsCount"]["count"] > 1]
    assert all(one["firstVisit"]["occurredAt"] < one["lastVisit"]["occurredAt"] for one in several)


def test_visits_show_tags_referrers_and_the_whole_address(harbour: list[dict[str, Any]]) -> None:
    visits = [one["customerJourneySummary"]["firstVisit"] for one in harbour]
    known = [one for one in visits if one is not None]
    for one in known:
        if one["utmParameters"] and one["landingPage"]:
            assert f"utm_source={one['utmParameters']['source']}" in one["landingPage"]
    assert {"direct", "Google", "email"} <= {one["source"] for one in known}
    assert {"SEO", "AD", "NEWSLETTER", None} <= {one["sourceType"] for one in known}
    clicks = [one for one in known if "gclid=" in (one["landingPage"] or "")]
    assert {one["utmParameters"] is None for one in clicks} == {True, False}
    ids = [one["id"] for one in known]
    assert len(set(ids)) == len(ids)


def test_positions_count_a_customers_orders(here: Running, harbour: list[dict[str, Any]]) -> None:
    ordered = sorted(harbour, key=lambda one: int(one["legacyResourceId"]))
    last: dict[str, int] = {}
    for order in ordered:
        index = order["customerJourneySummary"]["customerOrderIndex"]
        if index is not None and order["customer"] is not None:
            assert index > last.get(order["customer"]["id"], 0)
            last[order["customer"]["id"]] = index
    assert max(last.values()) > 2


def test_a_new_order_is_put_together_within_minutes(here: Running) -> None:
    orders = here.sandbox.world.stores["harbour"].orders.values()
    latest = max((one for one in orders if one.source == "web"), key=lambda one: one.created_at)
    minute = timedelta(minutes=1)
    with running(build_world(600, 7, latest.created_at + minute)) as practice:
        query = f"""{{ order(id: "gid://shopify/Order/{latest.id}") {{
          customerJourneySummary {{ ready momentsCount {{ count }} firstVisit {{ id }} }} }} }}"""
        client = Client(practice.url, "harbour")
        young = client.data(query)["order"]["customerJourneySummary"]
        assert young == {"ready": False, "momentsCount": None, "firstVisit": None}
        practice.sandbox.advance(practice.sandbox.now() + 4 * minute)
        older = client.data(query)["order"]["customerJourneySummary"]
        assert older["ready"] is True
        assert older["momentsCount"]["count"] > 0


def test_the_plugin_keeps_the_last_visit_from_somewhere(
    here: Running, linden: dict[int, dict[str, str]]
) -> None:
    kept = 0
    for number, told in linden.items():
        came = journey(here, "linden", number)
        if "session_entry" not in told:
            continue
        assert came is not None
        visits = [*came.linked, came.visit]
        from_somewhere = [one for one in visits if one.channel_group != "Direct"]
        right = (from_somewhere or visits[-1:])[-1]
        assert told["session_start_time"] == f"{right.at:%Y-%m-%d %H:%M:%S}"
        assert told["session_entry"].startswith("https://linden.example/")
        assert (told["source_type"] == "typein") == (not from_somewhere)
        kept += right is not came.visit
        if right.utm:
            assert told["utm_campaign"] == right.utm["campaign"]
    assert kept


def test_the_plugin_names_sources_in_its_own_words(linden: dict[int, dict[str, str]]) -> None:
    by_type: dict[str, list[dict[str, str]]] = {}
    for told in linden.values():
        by_type.setdefault(told.get("source_type", ""), []).append(told)
    assert set(by_type) == {"", "utm", "organic", "referral", "typein", "admin"}
    assert all(not told for told in by_type[""])
    assert all(told == {"source_type": "admin"} for told in by_type["admin"])
    assert all(told["utm_source"] == "(direct)" and "utm_medium" not in told for told in by_type["typein"])
    assert all(told["utm_medium"] == "organic" for told in by_type["organic"])
    assert all(told["referrer"].startswith("https://") for told in by_type["referral"])
    assert "google_cpc" in {told["utm_campaign"] for told in by_type["utm"]}
    assert {told["device_type"] for told in by_type["utm"]} <= {"Mobile", "Desktop", "Tablet"}
    assert all(told["session_count"].isdigit() and told["session_pages"].isdigit() for told in by_type["utm"])
