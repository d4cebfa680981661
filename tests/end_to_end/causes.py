"""Why figures cannot be equal where GA4, or a shop's notes, stand between us and what happened.

Each difference has its cause, or is `unexplained`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sandbox.business.marketing.types import Visit
from tests.end_to_end.house import House, query
from tests.end_to_end.marketing import first_day, store_days

DIRECT = "(direct)"
ATTRIBUTED = """
select store.account_id as store, orders.order_id, how.source, how.channel_group, how.evidence
from marts.fct_order_attribution as how
inner join marts.fct_orders as orders on how.order_key = orders.order_key
inner join marts.dim_store as store on how.store_key = store.store_key
"""
MISSED = """
select store.account_id as store, orders.order_id
from marts.fct_order_match as match
inner join marts.fct_orders as orders on match.order_key = orders.order_key
inner join marts.dim_store as store on orders.store_key = store.store_key
where match.status = 'order_only'
"""


def number(order_id: str) -> int:
    """The business's number of an order that a vendor calls something longer."""
    return int(order_id.rpartition("/")[2])


def of_sources(house: House) -> Counter[str]:
    """How many orders have the source that brought them, and why others have another."""
    known = {store: house.world.marketing.orders_sources(store) for store in house.stores}
    return Counter(_source(known[row["store"]][number(row["order_id"])], row) for row in query(ATTRIBUTED))


def _source(visit: Visit | None, row: Mapping[str, Any]) -> str:
    if visit is None:
        return "came by no visit" if row["evidence"] == "unattributed" else "unexplained"
    if visit.source == row["source"]:
        return "as it was"
    if row["evidence"] == "unattributed":
        return "nobody noted the visit"
    if visit.source == DIRECT:
        return "direct, credited to the visit before"
    if visit.channel_group == row["channel_group"]:
        return "another host of the same network"
    return "unexplained"


def of_orders_without_purchase(house: House) -> Counter[str]:
    """Why GA4 knows no purchase of an order."""
    return Counter(_missed(house, row["store"], number(row["order_id"])) for row in query(MISSED))


def _missed(house: House, store: str, order: int) -> str:
    journey = house.world.marketing.journey(store, order)
    if journey is None:
        return "came by no visit"
    if not journey.visit.consented:
        return "no consent"
    if journey.visit.day < first_day(house, house.world.stores[store].zone):
        return "before the first day that was read"
    if journey.report in ("missed", "without_id"):
        return "lost by the page" if journey.report == "missed" else "sent without its id"
    sent = [
        purchase
        for hit in house.world.marketing.hits(store, journey.visit.day)
        if hit.visit.order == order
        for purchase in hit.purchases
    ]
    return "unexplained" if sent else "on its way"


def of_sessions(house: House) -> Counter[str]:
    """Visits that are no session of GA4's, and sessions that were no visit."""
    found: Counter[str] = Counter()
    for store, day in store_days(house):
        visits = house.world.marketing.visits(store, day)
        hits = house.world.marketing.hits(store, day)
        people = [hit for hit in hits if not hit.is_bot]
        refused = sum(not visit.consented for visit in visits)
        found["visits"] += len(visits)
        found["no consent"] += refused
        found["on their way"] += len(visits) - refused - len(people)
        found["robots"] += len(hits) - len(people)
    return found
