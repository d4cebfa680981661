"""The golden cases come out as they were worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sandbox.business.golden import GoldenCase, golden_world
from sandbox.business.totals import totals

WORLD, CASES = golden_world()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id}-{case.store}")
def test_golden_days(case: GoldenCase) -> None:
    days = {row.date: row for row in WORLD.truth.daily(case.store)}
    for day, right in case.days.items():
        assert {name: getattr(days[day], name) for name in right} == right, case.sentence


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.order_totals], ids=lambda case: f"{case.id}-{case.store}"
)
def test_golden_order_totals(case: GoldenCase) -> None:
    for order_id, right in case.order_totals.items():
        state = totals(WORLD.stores[case.store].orders[order_id])
        assert {name: getattr(state, name) for name in right} == right, case.sentence


def test_the_cases_asked_for_are_all_there() -> None:
    assert {case.id for case in CASES} == {"G1", "G2", "G3", "G4", "G5", "G8", "G9", "G11", "G14"}
    assert len([case for case in CASES if case.id == "G14"]) == 3


def test_an_edit_counts_on_the_orders_day_by_the_other_clock() -> None:
    days = {row.date: row for row in WORLD.truth.daily("golden", "order")}
    assert days[date(2026, 1, 14)].net_sales == Decimal(150)
    assert date(2026, 1, 15) not in days


def test_a_gift_card_is_a_liability_until_it_is_spent() -> None:
    (card,) = WORLD.stores["golden"].gift_cards.values()
    assert (card.initial, card.balance) == (Decimal(50), Decimal(0))
