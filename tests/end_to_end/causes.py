"""Why figures cannot be equal where analytics, or a shop's notes, stand between us and what happened.

Each difference has its cause, proven by what happened, or is `unexplained`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.business.marketing.facts import bought_at
from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.types import Visit
from sandbox.woocommerce.attribution import FORGETFUL
from tests.end_to_end.analytics import campaign_of
from tests.end_to_end.happened import Happened, StoreOrder
from tests.end_to_end.house import query

UNEXPLAINED = "unexplained"
PROCESSING = timedelta(hours=72)  # that a hit may be late
REMEMBERED = timedelta(days=30)  # that a shop knows of a visit
NOTED = timedelta(minutes=3)  # after which Shopify has put a journey together
ATTRIBUTED = """
select store.account_id as store, orders.order_id, how.source, how.medium, how.campaign, how.channel_group,
    how.evidence
from marts.fct_order_attribution as how
inner join marts.fct_orders as orders on how.order_key = orders.order_key
inner join marts.dim_store as store on how.store_key = store.store_key
"""
Row = Mapping[str, Any]


def number(order_id: str) -> int:
    """The business's number of an order that a vendor calls something longer."""
    return int(order_id.rpartition("/")[2])


def attributed() -> dict[StoreOrder, Row]:
    """What marts say of every order's way."""
    return {(row["store"], number(row["order_id"])): row for row in query(ATTRIBUTED)}


def of_sources(happened: Happened) -> Counter[str]:
    """How many orders are told to have come as they came, and why others are told otherwise."""
    rows = attributed()
    return Counter(
        _source(happened, order, rows[order]) if order in rows and order in happened.placed else UNEXPLAINED
        for order in happened.placed.keys() | rows.keys()
    )


def _source(happened: Happened, order: StoreOrder, row: Row) -> str:
    journey, is_nobodys = happened.journeys[order], row["evidence"] == "unattributed"
    if journey is None:
        return (
            "came by no visit" if is_nobodys and _came(row) == (None, None, "Unattributed") else UNEXPLAINED
        )
    visit, reports = journey.visit, happened.reports_of(*order)
    if _is(visit, row):
        return "as it was"
    if _is_bare_click(visit, row) and not reports:
        return "a click on Google's ads that analytics was not told of"
    before = _remembered(happened, journey)
    if visit.channel_group == "Direct" and before and (_is(before, row) or _is_bare_click(before, row)):
        return "direct, credited to the visit before"
    if is_nobodys and not reports and not is_noted(happened, order):
        return "nobody noted the visit"
    return UNEXPLAINED


def _came(row: Row) -> tuple[str | None, str | None, str | None]:
    return row["source"], row["medium"], row["channel_group"]


def _is(visit: Visit, row: Row) -> bool:
    """All of it: the campaign as the link's tags call it, or as analytics does where it was asked."""
    tagged = (visit.utm or {}).get("campaign")
    campaign = campaign_of(visit) if row["evidence"] == "ga4" else tagged
    came = visit.source, visit.medium, visit.channel_group
    return _came(row) == came and row["campaign"] == campaign


def _is_bare_click(visit: Visit, row: Row) -> bool:
    """Without tags the address tells that Google's ad was clicked on, and not of which campaign it was."""
    is_googles = visit.ad_click is not None and visit.ad_click[0] == "google_ads"
    told = _came(row) == ("google", "cpc", "Paid Search") and row["campaign"] is None
    return is_googles and visit.utm is None and told


def _remembered(happened: Happened, journey: Journey) -> Visit | None:
    """The one visit before a direct one that a shop tells of, if it came from somewhere.

    WooCommerce keeps the last, Shopify the first of thirty days.
    """
    came = [visit for visit in journey.linked if visit.channel_group != "Direct"]
    if happened.is_web_shop(journey.visit.store):
        return came[-1] if came else None
    first = journey.linked[0] if journey.linked else None
    return first if first in came and journey.order.at - first.at <= REMEMBERED else None


def is_noted(happened: Happened, order: StoreOrder) -> bool:
    """Whether the shop noted how the buyer came: WooCommerce fails to at times, Shopify takes a while."""
    store, number = order
    if happened.is_web_shop(store):
        return number % FORGETFUL != 0
    journey = happened.journeys[order]
    return journey is None or happened.now - journey.order.at >= NOTED


def of_missing_purchases(happened: Happened) -> Counter[str]:
    """Why analytics knows no purchase of an order."""
    return Counter(_missed(happened, order) for order in happened.placed if not happened.reports_of(*order))


def _missed(happened: Happened, order: StoreOrder) -> str:
    store, journey = happened.world.stores[order[0]], happened.journeys[order]
    if journey is None:
        return "came by no visit"
    if not journey.visit.consented:
        return "no consent"
    if journey.visit.day < happened.first_day(store.zone):
        return "before the first day that was read"
    bought = bought_at(store, order[1])
    if bought is None:
        return "unpaid"
    if journey.report in ("missed", "without_id"):
        return "lost by the page" if journey.report == "missed" else "sent without its id"
    sent = max(bought, journey.visit.at)
    return "on its way" if happened.now - sent < PROCESSING else UNEXPLAINED


def of_sessions(happened: Happened) -> Counter[str]:
    """Visits that are no session of analytics', and sessions that were no visit."""
    found: Counter[str] = Counter()
    for of, visits in happened.visits.items():
        hits = happened.hits[of]
        came = Counter((hit.visit.visitor, hit.visit.at) for hit in hits if not hit.is_bot)
        found["visits"] += len(visits)
        found["robots"] += sum(hit.is_bot for hit in hits)
        for visit in visits:
            if came[visit.visitor, visit.at]:
                came[visit.visitor, visit.at] -= 1
                found["sessions" if visit.consented else UNEXPLAINED] += 1
            else:
                found[_unseen(happened, visit)] += 1
        found[UNEXPLAINED] += came.total()
    return found


def _unseen(happened: Happened, visit: Visit) -> str:
    if not visit.consented:
        return "no consent"
    return "on their way" if happened.now - visit.at < PROCESSING else UNEXPLAINED
