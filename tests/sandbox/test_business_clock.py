"""Time: the same seed is the same world, and waiting for a day equals being built on it."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sandbox.business.events import Deleted, Touched
from sandbox.business.model import Deletion, WebShop
from sandbox.business.webshop.events import MoneyBack, Restored, Trashed
from sandbox.business.world import World, build_world
from warehouse import ROOT

AS_OF = datetime(2026, 9, 26, 6, tzinfo=UTC)  # the night before New Zealand changes its clocks
OPENING = date(2026, 2, 1)


def assert_same(one: World, other: World) -> None:
    assert one.clock == other.clock
    for name, store in one.stores.items():
        for field in dataclasses.fields(store):
            assert getattr(store, field.name) == getattr(other.stores[name], field.name), (name, field.name)
        assert list(one.truth.ledger(name)) == list(other.truth.ledger(name))


@pytest.mark.parametrize(
    "steps",
    [
        [timedelta(days=1)],
        [timedelta(minutes=7), timedelta(hours=20), timedelta(seconds=1), timedelta(days=3)],
        [timedelta(days=45), timedelta(days=45)],
    ],
    ids=["a day", "odd steps", "a quarter"],
)
def test_advancing_equals_building_later(steps: list[timedelta]) -> None:
    advanced = build_world(900, 5, AS_OF, opening=OPENING)
    for step in steps:
        advanced.advance(advanced.clock + step)
    assert_same(advanced, build_world(900, 5, advanced.clock, opening=OPENING))


def test_time_passes_in_a_web_shop_as_if_it_had_passed() -> None:
    advanced = build_world(5000, 3, AS_OF, opening=OPENING)
    for step in (timedelta(minutes=7), timedelta(hours=20), timedelta(days=3), timedelta(days=40)):
        advanced.advance(advanced.clock + step)
    later = build_world(5000, 3, advanced.clock, opening=OPENING)
    assert isinstance(later.stores["linden"], WebShop)
    assert_same(advanced, later)


def test_a_day_brings_new_orders_and_changes_to_old_ones() -> None:
    world = build_world(3000, 5, AS_OF)
    before = {
        (name, order.id): order.updated_at for name, s in world.stores.items() for order in s.orders.values()
    }
    world.advance(AS_OF + timedelta(days=1))
    after = {
        (name, order.id): order.updated_at for name, s in world.stores.items() for order in s.orders.values()
    }
    assert len(after.keys() - before.keys()) > 3
    assert sum(after.get(key, AS_OF) > at for key, at in before.items()) > 5


def test_worlds_of_one_month_are_one_world() -> None:
    earlier = build_world(900, 5, datetime(2026, 11, 20, 6, tzinfo=UTC))
    earlier.advance(datetime(2026, 11, 22, 6, tzinfo=UTC))
    assert_same(earlier, build_world(900, 5, datetime(2026, 11, 22, 6, tzinfo=UTC)))


def test_seeds_differ() -> None:
    one, other = (build_world(300, seed, AS_OF, opening=OPENING) for seed in (1, 2))
    assert one.stores["harbour"].orders != other.stores["harbour"].orders


def test_the_same_seed_in_another_process_is_the_same_world() -> None:
    code = (
        "import hashlib; from datetime import UTC, date, datetime\n"
        "from sandbox.business.world import build_world\n"
        "world = build_world(300, 5, datetime(2026, 9, 26, 6, tzinfo=UTC), opening=date(2026, 2, 1))\n"
        "print(hashlib.sha256(repr(world.stores).encode('utf-8', 'backslashreplace')).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_time_does_not_run_backwards() -> None:
    world = build_world(50, 5, AS_OF, opening=OPENING)
    with pytest.raises(ValueError, match="cannot go back"):
        world.advance(AS_OF - timedelta(seconds=1))


def test_a_clock_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_world(50, 5, datetime(2026, 9, 26, 6))


def test_an_intervention_is_one_more_event_of_the_life() -> None:
    world = build_world(900, 5, AS_OF, opening=OPENING)
    store = world.stores["harbour"]
    first, second, *_ = store.orders
    sold = sum(row.total_sales for row in world.truth.daily("harbour"))
    world.intervene("harbour", first, Touched(world.clock, note="found in the attic"))
    assert (store.orders[first].note, store.orders[first].updated_at) == ("found in the attic", world.clock)
    assert sum(row.total_sales for row in world.truth.daily("harbour")) == sold
    world.intervene("harbour", second, Deleted(world.clock))
    assert second not in store.orders
    assert store.deletions[-1] == Deletion("order", second, world.clock)
    assert second not in {row.order_id for row in world.truth.ledger("harbour")}
    with pytest.raises(KeyError, match=str(second)):
        world.intervene("harbour", second, Touched(world.clock, note="too late"))
    with pytest.raises(ValueError, match="happens now"):
        world.intervene("harbour", first, Touched(AS_OF - timedelta(days=1)))


def test_plans_go_on_after_an_intervention() -> None:
    world = build_world(900, 5, AS_OF, opening=OPENING)
    name, life = next(
        (name, life)
        for name, store in world.stores.items()
        for life in store.lives.values()
        if 0 < life.revealed < len(life.events)
    )
    planned = life.events[life.revealed :]
    world.intervene(name, life.order_id, Touched(world.clock, note="seen"))
    world.advance(planned[-1].at)
    assert life.revealed == len(life.events)
    assert life.events[-len(planned) :] == planned


def test_an_intervention_in_a_web_shop_is_one_more_event_too() -> None:
    world = build_world(900, 5, AS_OF, opening=OPENING)
    store = world.stores["linden"]
    assert isinstance(store, WebShop)
    order = next(one for one in store.shop_orders.values() if one.status == "completed" and not one.refunds)
    before = sum(row.total_sales for row in world.truth.daily("linden"))
    world.intervene("linden", order.id, MoneyBack(world.clock, 100))
    assert (order.refunded, order.modified_at) == (Decimal(1), world.clock)
    assert sum(row.total_sales for row in world.truth.daily("linden")) == before - 1
    world.intervene("linden", order.id, Trashed(world.clock))
    assert sum(row.total_sales for row in world.truth.daily("linden")) == before - order.total
    world.intervene("linden", order.id, Restored(world.clock))
    world.intervene("linden", order.id, Touched(world.clock, note="found in the attic"))
    assert (order.status, order.customer_note) == ("completed", "found in the attic")
    world.intervene("linden", order.id, Deleted(world.clock))
    assert order.id not in store.shop_orders
    assert store.deletions[-1] == Deletion("order", order.id, world.clock)
    with pytest.raises(KeyError, match=str(order.id)):
        world.intervene("linden", order.id, Touched(world.clock, note="too late"))
