"""Visitors and journeys: drawn once for good, in plausible numbers, and by nobody's leave but the seed's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sandbox.business.marketing.types import Visit
from sandbox.business.world import World, build_world

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
LATER = AS_OF + timedelta(days=9, hours=7)
TODAY = date(2026, 11, 22)
WEEK = [TODAY - timedelta(days=n) for n in range(7)]
ORDERS, SEED = 400, 5


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(ORDERS, SEED, AS_OF)


@pytest.fixture(scope="module")
def visits(world: World) -> list[Visit]:
    """Everybody of a hundred days in every store."""
    return [
        visit
        for store in world.stores
        for n in range(100)
        for visit in world.marketing.visits(store, TODAY - timedelta(days=n))
    ]


def everything(world: World) -> Iterator[Any]:
    """All answers about the days around two moments."""
    marketing = world.marketing
    days = [AS_OF.date() + timedelta(days=n) for n in range(-6, 11)]
    for store in world.stores:
        yield marketing.orders_sources(store)
        for day in days:
            yield marketing.visits(store, day)
            yield marketing.hits(store, day)
    for account in marketing.accounts:
        yield marketing.campaigns(account)
        for day in days:
            yield marketing.delivery(account, day)
            yield marketing.claims(account, day, "touch")
            yield marketing.claims(account, day, "conversion")


def test_a_world_advanced_equals_one_built_later() -> None:
    opening = date(2026, 8, 1)
    advanced = build_world(ORDERS, SEED, AS_OF, opening=opening)
    before = list(everything(advanced))
    advanced.advance(AS_OF + timedelta(days=3))
    assert advanced.marketing.visits("harbour", date(2026, 11, 24))
    advanced.advance(LATER)
    built = build_world(ORDERS, SEED, LATER, opening=opening)
    after = list(everything(advanced))
    assert after == list(everything(built))
    assert after != before


def test_asking_in_another_order_changes_no_answer(world: World) -> None:
    again = build_world(ORDERS, SEED, AS_OF)
    assert list(everything(world)) == list(everything(again))
    for day in reversed(WEEK):
        assert again.marketing.visits("kiwi", day) == world.marketing.visits("kiwi", day)


def test_another_seed_is_another_public(world: World) -> None:
    other = build_world(ORDERS, SEED + 1, AS_OF)
    assert other.marketing.visits("harbour", WEEK[2]) != world.marketing.visits("harbour", WEEK[2])


def test_marketing_moves_nothing_else() -> None:
    asked, silent = build_world(ORDERS, SEED, AS_OF), build_world(ORDERS, SEED, AS_OF)
    list(everything(asked))
    for world in (asked, silent):
        world.advance(LATER)
    for store in ("harbour", "linden"):
        assert list(asked.truth.ledger(store)) == list(silent.truth.ledger(store))


def test_visits_are_of_their_store_and_day_and_not_of_the_future(world: World) -> None:
    for store in world.stores.values():
        for day in (*WEEK, TODAY + timedelta(days=1)):
            found = world.marketing.visits(store.name, day)
            assert all(one.at.astimezone(store.zone).date() == day == one.day for one in found)
            assert all(one.store == store.name and one.at <= world.clock for one in found)
            assert found == sorted(found, key=lambda one: one.at)


def test_nobody_came_before_the_opening(world: World) -> None:
    eve = world.opening - timedelta(days=1)
    assert not any(world.marketing.visits(store, eve) for store in world.stores)
    assert not any(world.marketing.delivery(one, eve) for one in world.marketing.accounts)


def test_two_or_three_visits_in_a_hundred_buy(visits: list[Visit]) -> None:
    orders = sum(one.order is not None for one in visits)
    assert 0.02 < orders / len(visits) < 0.04


def test_visitors_come_by_every_channel_on_every_device(visits: list[Visit]) -> None:
    groups = Counter(one.channel_group for one in visits)
    assert set(groups) >= {
        "Direct",
        "Organic Search",
        "Paid Search",
        "Paid Social",
        "Cross-network",
        "Email",
        "Referral",
        "Organic Social",
        "Affiliates",
        "Display",
        "SMS",
        "Unassigned",
        "AI Assistant",
    }
    assert {one.device for one in visits} >= {"mobile", "desktop", "tablet"}
    assert {"(not set)"} < {one.country for one in visits}
    refused = sum(not one.consented for one in visits) / len(visits)
    assert 0.1 < refused < 0.25


def test_tags_stand_in_the_address_and_ads_have_click_ids(visits: list[Visit]) -> None:
    tagged = [one for one in visits if one.utm]
    assert tagged
    assert all(f"utm_source={one.utm['source']}" in one.query for one in tagged if one.utm)
    ids = {"google_ads": "gclid=", "meta_ads": "fbclid=", "tiktok_ads": "ttclid="}
    clicks = [one for one in visits if one.ad_click]
    assert all(ids[one.ad_click[0]] in one.query for one in clicks if one.ad_click)
    assert {one.ad_click[0] for one in clicks if one.ad_click} == set(ids)
    untagged = [one for one in clicks if one.utm is None]
    assert {one.ad_click[0] for one in untagged if one.ad_click} >= {"google_ads"}


def test_every_order_of_the_site_has_one_visit_and_no_other_has(world: World) -> None:
    for name, store in world.stores.items():
        sources = world.marketing.orders_sources(name)
        lives = {**store.lives, **getattr(store, "shop_lives", {})}
        assert set(sources) == {number for number, life in lives.items() if life.revealed}
        for number, visit in sources.items():
            journey = world.marketing.journey(name, number)
            assert (journey is None) == (visit is None)
            if visit is not None:
                assert visit.order == number
                found = world.marketing.visits(name, visit.day)
                assert [one for one in found if one.order == number] == [visit]


def test_earlier_visits_happened_and_ended_before_the_last(world: World) -> None:
    seen = 0
    for number in world.marketing.orders_sources("linden"):
        journey = world.marketing.journey("linden", number)
        for earlier in journey.earlier if journey is not None else ():
            assert journey is not None
            assert earlier.visit.at < journey.visit.at
            assert earlier.visit in world.marketing.visits("linden", earlier.visit.day)
            seen += 1
    assert seen > 20
