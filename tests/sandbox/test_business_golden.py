"""The golden cases come out as they were worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sandbox.business.golden import golden_world
from sandbox.business.golden_case import GoldenCase
from sandbox.business.model import WebShop
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
        store = WORLD.stores[case.store]
        shop = store if isinstance(store, WebShop) else None
        state = shop.shop_orders[order_id] if shop else totals(store.orders[order_id])
        assert {name: getattr(state, name) for name in right} == right, case.sentence


def test_the_cases_asked_for_are_all_there() -> None:
    of_shops = [case.id for case in CASES if isinstance(WORLD.stores[case.store], WebShop)]
    others = [case.id for case in CASES if not isinstance(WORLD.stores[case.store], WebShop)]
    assert set(others) == {"G1", "G2", "G3", "G4", "G5", "G8", "G9", "G11", "G14"}
    assert set(of_shops) == {"G3", "G12", "G13", "G14"}
    assert others.count("G14") == of_shops.count("G14") == 3


def test_an_edit_counts_on_the_orders_day_by_the_other_clock() -> None:
    days = {row.date: row for row in WORLD.truth.daily("golden", "order")}
    assert days[date(2026, 1, 14)].net_sales == Decimal(150)
    assert date(2026, 1, 15) not in days


def test_a_gift_card_is_a_liability_until_it_is_spent() -> None:
    (card,) = WORLD.stores["golden"].gift_cards.values()
    assert (card.initial, card.balance) == (Decimal(50), Decimal(0))
