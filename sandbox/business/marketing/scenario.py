"""The golden cases of marketing: purchases that are easily counted twice.

Journeys are drawn, not written, so a case is the first order number whose journey goes as it has to.

    world, orders = golden_marketing()
    orders["G6"]   # 31.02, bought after a click on an ad of Meta, who reports it under several action types
    orders["G15"]  # bought once, sent to analytics twice under one id
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count

from sandbox.business.marketing.facts import OrderFacts
from sandbox.business.marketing.journeys import Journey
from sandbox.business.scripted import FIRST_SCRIPTED, ScriptedOrder, at, goods, scripted_store, scripted_world
from sandbox.business.world import World

PRICE, OTHER_PRICE = "31.02", "48.00"
BOUGHT = {"G6": at(2026, 1, 12, 15), "G15": at(2026, 1, 14, 11)}
CLOCK = at(2026, 2, 20, 6)


def golden_marketing() -> tuple[World, dict[str, int]]:
    """A world with a shop, its ad accounts and these two orders, and the id of each case's order."""
    store = scripted_store("harbour")
    first = _such(BOUGHT["G6"], _by_meta)
    second = _such(BOUGHT["G15"], lambda journey: journey.visit.consented and journey.report == "twice")
    orders = [
        ScriptedOrder(store, first, BOUGHT["G6"], [goods("Mug", PRICE)]).pay(),
        ScriptedOrder(store, second, BOUGHT["G15"], [goods("Throw", OTHER_PRICE)]).pay(),
    ]
    ids = dict(zip(("G6", "G15"), (one.order.id for one in orders), strict=True))
    return scripted_world([store], CLOCK, {store.name: orders}), ids


def _by_meta(journey: Journey) -> bool:
    """One click, on Meta, by somebody who may be measured, and nothing before it."""
    account = journey.click.book.account if journey.click is not None else None
    alone = not journey.earlier and journey.long_ago is None
    plain = journey.visit.consented and journey.report == "once" and alone
    return plain and account is not None and account.platform == "meta_ads"


def _such(bought: datetime, wanted: Callable[[Journey], bool]) -> int:
    """The first number of an order that comes about as wanted, in a shop that opened with it."""
    store = scripted_store("harbour")
    opened = ScriptedOrder(store, 0, min(BOUGHT.values()), [goods("Mug", PRICE)])
    desk = scripted_world([store], CLOCK, {store.name: [opened]}).marketing.desk(store.name)
    journeys = ((number, desk.guide.journey(_facts(number, bought))) for number in count(1))
    return next(number for number, journey in journeys if journey is not None and wanted(journey))


def _facts(number: int, bought: datetime) -> OrderFacts:
    order_id = FIRST_SCRIPTED + number
    return OrderFacts(order_id, f"#{order_id}", bought, customer_id=None, on_the_site=True)
