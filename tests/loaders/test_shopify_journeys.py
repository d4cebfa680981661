"""The visits that brought an order land with it, also where they come late, and never cost an order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loaders.common import LoadFailed
from loaders.shopify import settings
from sandbox.shopify.render import journey
from tests.loaders.conftest import Practice


def test_visits_land_with_the_order(practice: Practice) -> None:
    practice.load(resources=["orders"])
    journeys = [one["customerJourneySummary"] for one in practice.documents("orders").values()]
    visited = [one for one in journeys if one["firstVisit"]]
    assert len(visited) > len(journeys) / 2
    for one in visited:
        assert set(one) == {"ready", "momentsCount", "firstVisit", "lastVisit"}
        assert set(one["firstVisit"]) == {
            *("occurredAt", "source", "sourceType", "sourceDescription", "referrerUrl", "landingPage"),
            "utmParameters",
        }
        assert one["momentsCount"]["count"] >= 1
    assert any(one["firstVisit"]["utmParameters"] for one in visited)


def test_visits_that_come_after_the_order_was_read_are_fetched_though_its_time_stands_still(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "PUTTING_TOGETHER", timedelta(days=120))
    monkeypatch.setattr(settings, "JOURNEY_PATIENCE", timedelta(days=60))
    practice.load(resources=["orders"])
    early = {key: one for key, one in practice.documents("orders").items() if _waits(one)}
    assert len(early) > 5
    monkeypatch.setattr(journey, "PUTTING_TOGETHER", timedelta(0))
    # orders of the last sixty days are looked at once more, older ones are not waited for
    again = practice.load(resources=["orders"]).resources["orders"]
    now = {key: one for key, one in practice.documents("orders").items() if key in early}
    late = {key for key, one in now.items() if not _waits(one)}
    assert 0 < len(late) < len(early) and again.rows == len(late)
    oldest = min(now[key]["createdAt"] for key in late)
    assert all(now[key]["createdAt"] < oldest for key in set(now) - late)
    assert {key: now[key]["updatedAt"] for key in late} == {key: early[key]["updatedAt"] for key in late}
    assert practice.load(resources=["orders"]).rows == 0


def test_an_app_that_may_not_see_visits_reads_every_order_without_them(practice: Practice) -> None:
    practice.hide_visits()
    report = practice.load(resources=["orders"])
    orders = practice.documents("orders")
    assert len(orders) == len(practice.here.sandbox.world.stores["kiwi"].orders)
    assert not any("customerJourneySummary" in one for one in orders.values())
    assert any("without the visits" in one and "Grant" in one for one in report.warnings)
    practice.here.sandbox.faults.clear()
    assert practice.load(resources=["orders"]).resources["orders"].rows == len(orders)
    assert all(one["customerJourneySummary"] for one in practice.documents("orders").values())
    assert practice.load(resources=["orders"]).rows == 0


def test_visits_that_could_not_be_seen_for_a_while_are_made_up_for(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "PUTTING_TOGETHER", timedelta(days=60))
    monkeypatch.setattr(settings, "JOURNEY_PATIENCE", timedelta(days=90))
    practice.load(resources=["orders"])
    early = {key for key, one in practice.documents("orders").items() if _waits(one)}
    practice.hide_visits()
    for _ in range(2):
        practice.advance(days=4)
        practice.load(resources=["orders"])
    blind = _without(practice)
    assert blind and early - blind, "some changed, and some still wait"
    monkeypatch.setattr(journey, "PUTTING_TOGETHER", timedelta(0))
    practice.here.sandbox.faults.clear()
    practice.load(resources=["orders"])
    orders = practice.documents("orders")
    assert not _without(practice)
    assert not [key for key in early | blind if _waits(orders[key])]
    assert practice.load(resources=["orders"]).rows == 0


def test_what_a_load_that_failed_landed_without_visits_is_made_up_for_too(practice: Practice) -> None:
    practice.load(resources=["orders"])
    practice.hide_visits()
    practice.fault("internal_error", match="query Count", times=None)
    with pytest.raises(LoadFailed):
        practice.load(resources=["orders"], full=True)
    blind = _without(practice)
    assert len(blind) > 10
    practice.here.sandbox.faults.clear()
    assert practice.load(resources=["orders"]).resources["orders"].rows == len(blind)
    assert not _without(practice)


def _without(practice: Practice) -> set[str]:
    return {key for key, one in practice.documents("orders").items() if "customerJourneySummary" not in one}


def _waits(order: dict[str, dict[str, object]]) -> bool:
    return not order["customerJourneySummary"]["ready"]
