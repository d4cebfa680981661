"""The visits that brought an order land with it, also where they come late, and never cost an order."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
    practice.fault("protected_data", object="CustomerJourneySummary", times=None)
    report = practice.load(resources=["orders"])
    orders = practice.documents("orders")
    assert len(orders) == len(practice.here.sandbox.world.stores["kiwi"].orders)
    assert not any("customerJourneySummary" in one for one in orders.values())
    assert any("without the visits" in one and "Grant" in one for one in report.warnings)
    practice.here.sandbox.faults.clear()
    assert practice.load(resources=["orders"], full=True).resources["orders"].rows == len(orders)


def _waits(order: dict[str, dict[str, object]]) -> bool:
    return not order["customerJourneySummary"]["ready"]
