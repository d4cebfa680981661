"""What reaches Google Analytics of all this, and what it makes of it.

Missing: sessions of those who refuse, purchases whose page was closed too soon. Too much: purchases sent
twice, by a page loaded again or a receipt looked at days later, and robots. Wrong: purchases without an id,
or in another currency at another rate. Late: up to 72 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox.business.marketing.desk import Desk
from sandbox.business.marketing.draws import Draws
from sandbox.business.marketing.facts import bought_at, worth
from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.traffic import moment_of
from sandbox.business.marketing.types import Hit, Purchase, Visit
from sandbox.business.money import round_money

LATE = 0.05
ROBOTS = 0.02  # of all days
THOUSAND = Decimal(1000)


def received(desk: Desk, day: date, now: datetime, visits: list[Visit]) -> Iterator[Hit]:
    """The sessions of a day that have arrived by `now`."""
    found = {one.order.id: one for one in desk.journeys(day)}
    again = {(one.again.visitor, one.again.at): one for one in desk.second_looks(day) if one.again}
    for visit in visits:
        is_order = visit.order is not None
        journey = found.get(visit.order or 0) if is_order else again.get((visit.visitor, visit.at))
        hit = hit_of(desk, visit, journey, now)
        if hit is not None:
            yield hit
    for robot in _robots(desk, day):
        if robot.at <= now:
            yield Hit(robot, robot.at, is_bot=True)


def hit_of(desk: Desk, visit: Visit, journey: Journey | None, now: datetime) -> Hit | None:
    """What has arrived of one visit by `now`, if anything: it comes once it began, its purchases follow."""
    way = _way(visit)
    if not visit.consented or visit.at + way > now:
        return None
    sent = _purchases(desk, journey, visit) if journey is not None else ()
    return Hit(visit, visit.at + way, tuple(one for one in sent if one.at + way <= now))


def _purchases(desk: Desk, journey: Journey, visit: Visit) -> tuple[Purchase, ...]:
    order = journey.order
    done = bought_at(desk.store, order.id)
    if done is None or journey.report == "missed":
        return ()
    purchase = _purchase(desk, journey, max(done, visit.at))
    if journey.report == "without_id":
        return (replace(purchase, transaction_id=""),)
    return (purchase, purchase) if journey.report == "twice" else (purchase,)


def _purchase(desk: Desk, journey: Journey, at: datetime) -> Purchase:
    order, value = journey.order, worth(desk.store, journey.order.id)
    rate = Decimal(1)
    if value.in_other_currency:
        rate += Decimal(Draws(f"{order.id}:{order.at}").below(13) - 6) / THOUSAND
    total, tax, shipping = (round_money(part * rate) for part in (value.total, value.tax, value.shipping))
    return Purchase(transaction_id(desk, journey), total, tax, shipping, at)


def transaction_id(desk: Desk, journey: Journey) -> str:
    """What the store's tag calls an order."""
    return journey.order.name if desk.traffic.outlet.names_orders_by == "name" else str(journey.order.id)


def _way(visit: Visit) -> timedelta:
    """How long a hit travels: hardly at all, or as long as somebody's phone was offline."""
    draws = Draws(f"{visit.store}:{visit.visitor}:{visit.at:%Y%m%d%H%M%S}")
    return timedelta(hours=draws.between(4, 72)) if draws.chance(LATE) else timedelta(seconds=draws.below(90))


def _robots(desk: Desk, day: date) -> Iterator[Visit]:
    traffic = desk.traffic
    draws = Draws(f"{traffic.key}:robots:{day}")
    people = traffic.passers_by(day)
    if not people or not draws.chance(ROBOTS):
        return
    country = "Singapore" if draws.chance(0.5) else "(not set)"
    for number in range(5 + draws.below(people // 2 + 5)):
        own = Draws(f"{traffic.key}:robot:{day}:{number}")
        yield Visit(
            traffic.store,
            moment_of(day, traffic.zone, own),
            day,
            own.text(16),
            "(direct)",
            "(none)",
            None,
            None,
            "Direct",
            None,
            None,
            "/",
            "",
            "desktop",
            country,
            engaged=False,
            is_new=True,
            consented=True,
            views_item=False,
            adds_to_cart=False,
            begins_checkout=False,
        )
