"""What reaches analytics, what does not, and that the truth names the cause of every difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import requests

from sandbox.business.marketing import truth
from sandbox.business.marketing.facts import worth
from sandbox.business.marketing.scenario import golden_marketing
from sandbox.business.marketing.types import Hit
from sandbox.business.world import World, build_world
from sandbox.running import Running, running

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(900, 7, AS_OF)


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[Running]:
    with running(world) as here:
        yield here


@pytest.fixture(scope="module")
def got(world: World) -> dict[str, list[Hit]]:
    """Everything analytics got, by store."""
    return {
        name: [hit for day in world.marketing.days(store.zone) for hit in world.marketing.hits(name, day)]
        for name, store in world.stores.items()
    }


def session_of(hit: Hit) -> tuple[str, datetime]:
    return hit.visit.visitor, hit.visit.at


def sources(world: World, store: str) -> list[dict[str, Any]]:
    return list(truth.sources(world.marketing, world.marketing.desk(store)))


def test_only_those_who_consent_are_measured(world: World) -> None:
    for store in world.stores:
        for n in range(3, 10):
            day = AS_OF.date() - timedelta(days=n)
            people = [hit.visit for hit in world.marketing.hits(store, day) if not hit.is_bot]
            assert people == [one for one in world.marketing.visits(store, day) if one.consented]


def test_hits_arrive_within_72_hours_and_some_take_long(world: World, got: dict[str, list[Hit]]) -> None:
    late = 0
    for hit in got["harbour"]:
        sent = hit.visit.at
        assert sent <= hit.received_at <= min(world.clock, sent + timedelta(hours=72))
        assert all(sent <= one.at <= world.clock for one in hit.purchases)
        late += hit.received_at - sent > timedelta(hours=4)
    assert late > 100


def test_a_day_fills_up_for_three_days_and_then_stands() -> None:
    world = build_world(900, 7, AS_OF)
    day, sizes = date(2026, 11, 21), []
    for hours in (0, 24, 24, 24, 24, 200):
        world.advance(world.clock + timedelta(hours=hours))
        sizes.append(len(world.marketing.hits("harbour", day)))
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[3] == sizes[-1]


def test_nothing_that_came_ever_goes_again() -> None:
    """Not even when a purchase of a session that is known already happens, and is on its way."""
    began, day = datetime(2026, 11, 19, 6, tzinfo=UTC), date(2026, 11, 19)
    world, later = (build_world(2500, 7, began, opening=date(2026, 8, 1)) for _ in range(2))
    later.advance(began + timedelta(days=6))
    bought = {
        purchase.at
        for store in later.stores
        for hit in later.marketing.hits(store, day)
        for purchase in hit.purchases
        if purchase.at > began
    }
    assert len(bought) > 5
    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    moments = {at + step for at in bought for step in (-second, second, minute)}
    moments |= {began + timedelta(hours=6 * n) for n in range(1, 24)}
    known: Counter[tuple[Any, ...]] = Counter()
    followed = 0
    for moment in sorted(moments):
        world.advance(moment)
        hits = [hit for store in world.stores for hit in world.marketing.hits(store, day)]
        sessions = Counter(session_of(hit) for hit in hits)
        purchases = Counter((*session_of(hit), one.transaction_id) for hit in hits for one in hit.purchases)
        assert known <= sessions + purchases
        followed += sum(
            session_of(hit) in known and (*session_of(hit), one.transaction_id) not in known
            for hit in hits
            for one in hit.purchases
        )
        known = sessions + purchases
    assert followed > len(bought) / 2


def test_purchases_are_the_orders_less_those_missed(world: World, got: dict[str, list[Hit]]) -> None:
    for store in world.stores:
        told = {row["transaction_id"]: row for row in sources(world, store) if row["transaction_id"]}
        seen = Counter(one.transaction_id for hit in got[store] for one in hit.purchases)
        without = seen.pop("", 0)
        assert seen == {
            number: row["times_reported"] for number, row in told.items() if row["times_reported"]
        }
        causes = Counter(row["cause"] for row in sources(world, store))
        assert causes["without_id"] == without
        assert causes["reported"] == len(seen)
        orders = len(world.marketing.orders_sources(store))
        assert sum(causes.values()) == orders
        assert causes["refused"] > 0 and causes["missed"] > 0 and causes["off_site"] > 0


def test_some_purchases_come_twice_some_days_later(got: dict[str, list[Hit]]) -> None:
    repeated = later = 0
    for some in got.values():
        days: dict[str, set[date]] = {}
        for hit in some:
            ids = [one.transaction_id for one in hit.purchases if one.transaction_id]
            repeated += len(ids) - len(set(ids))
            for number in ids:
                days.setdefault(number, set()).add(hit.visit.day)
        later += sum(len(on) > 1 for on in days.values())
    assert repeated > 3
    assert later > 3


def test_revenue_is_what_was_asked_but_for_other_currencies(world: World, got: dict[str, list[Hit]]) -> None:
    for name, store in world.stores.items():
        numbers = {str(row["transaction_id"]): row["order_id"] for row in sources(world, name)}
        for hit in got[name]:
            for one in hit.purchases:
                if one.transaction_id:
                    right = worth(store, numbers[one.transaction_id])
                    off = abs(one.revenue - right.total)
                    assert off <= right.total / 100 if right.in_other_currency else off == 0
                    assert one.tax + one.shipping <= one.revenue


def test_each_store_names_purchases_in_its_own_way(world: World) -> None:
    named = {
        store: next(row for row in sources(world, store) if row["cause"] == "reported")
        for store in world.stores
    }
    assert named["harbour"]["transaction_id"] == str(named["harbour"]["order_id"])
    assert named["kiwi"]["transaction_id"] == str(named["kiwi"]["order_id"])
    assert named["alpine"]["transaction_id"].startswith("#1")
    assert named["linden"]["transaction_id"].startswith("LL-20")


def test_robots_are_nobody(got: dict[str, list[Hit]]) -> None:
    robots = [hit for some in got.values() for hit in some if hit.is_bot]
    assert robots
    assert not any(hit.purchases or hit.visit.engaged for hit in robots)


def test_the_truth_is_told_over_http(world: World, served: Running) -> None:
    def ask(path: str) -> Any:
        answer = requests.get(f"{served.url}/truth/{path}", timeout=20)
        assert answer.ok, answer.text
        return answer.json()

    days = "since=2026-11-01&until=2026-11-20"
    visits = ask(f"harbour/visits?{days}")
    assert sum(row["sessions"] for row in visits) == sum(
        len(world.marketing.visits("harbour", date(2026, 11, n))) for n in range(1, 21)
    )
    received = ask(f"harbour/analytics?{days}")
    assert [row["day"] for row in received] == [f"2026-11-{n:02d}" for n in range(1, 21)]
    spent = {row["day"]: row for row in ask("marketing/meta_ads/alpine/daily")}
    account = world.marketing.account("meta_ads", "alpine")
    rows = world.marketing.delivery(account, date(2026, 11, 3))
    assert Decimal(spent["2026-11-03"]["spend"]) == sum(row.cost for row in rows)
    assert spent["2026-11-03"]["currency"] == "USD"
    assert ask("kiwi/sources")[0]["order_id"].startswith("gid://shopify/Order/")


@pytest.mark.parametrize(
    ("path", "status"),
    [("nowhere/visits", 404), ("marketing/google_ads/kiwi/daily", 404), ("kiwi/visits?since=soon", 422)],
)
def test_wrong_questions_are_told_so(served: Running, path: str, status: int) -> None:
    answer = requests.get(f"{served.url}/truth/{path}", timeout=20)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_g15_is_sent_twice_under_one_id() -> None:
    world, orders = golden_marketing()
    [hit] = world.marketing.hits("harbour", date(2026, 1, 14))
    assert [(one.transaction_id, one.revenue) for one in hit.purchases] == [
        (str(orders["G15"]), Decimal("48.00"))
    ] * 2
