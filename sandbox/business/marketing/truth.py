"""The right answers about marketing: what was spent, who came, which order came from where.

They come from the business itself, never from what a stand-in sent. `cause` says what became of an order on
its way to analytics, so that every order which analytics does not know has a reason:
reported, without_id, refused (no consent), missed (the page was closed), late (on its way), unpaid (nobody
was thanked), off_site (tills, the phone, other programs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.business.marketing.analytics import hit_of, transaction_id
from sandbox.business.marketing.desk import Desk
from sandbox.business.marketing.facts import bought_at
from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.types import AdAccount, Visit

if TYPE_CHECKING:
    from sandbox.business.marketing.marketing import Marketing

COUNTS = ("sessions", "engaged", "new", "consented", "orders")


def spend(marketing: Marketing, account: AdAccount) -> Iterator[dict[str, Any]]:
    """What an account spent, day by day as its platform shows it now; days without delivery are left out."""
    for day in marketing.days(account.zone):
        rows = marketing.delivery(account, day)
        if rows:
            yield {
                "day": day.isoformat(),
                "spend": str(sum(one.cost for one in rows)),
                "impressions": sum(one.impressions for one in rows),
                "clicks": sum(one.clicks for one in rows),
                "link_clicks": sum(one.link_clicks for one in rows),
                "currency": account.currency,
            }


def visitors(marketing: Marketing, desk: Desk, since: date, until: date) -> Iterator[dict[str, Any]]:
    """Who really came, by day and by where they came from; both ends of the range are included."""
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        found: dict[tuple[str, str, str, str | None], Counter[str]] = {}
        for visit in marketing.visits(desk.store.name, day):
            counts = found.setdefault(
                (visit.channel_group, visit.source, visit.medium, visit.campaign), Counter()
            )
            counts.update(_counted(visit))
        for names in sorted(found, key=str):
            group, source, medium, campaign = names
            yield {
                "day": day.isoformat(),
                "channel_group": group,
                "source": source,
                "medium": medium,
                "campaign": campaign,
                **{name: found[names][name] for name in COUNTS},
            }


def received(marketing: Marketing, desk: Desk, since: date, until: date) -> Iterator[dict[str, Any]]:
    """What analytics got by now, by day: robots are sessions to it, and a purchase sent twice is two."""
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        hits = marketing.hits(desk.store.name, day)
        if hits:
            purchases = [purchase for hit in hits for purchase in hit.purchases]
            yield {
                "day": day.isoformat(),
                "sessions": len(hits),
                "robots": sum(hit.is_bot for hit in hits),
                "purchases": len(purchases),
                "without_id": sum(not one.transaction_id for one in purchases),
                "revenue": str(sum(one.revenue for one in purchases)),
                "currency": desk.store.currency,
            }


def sources(marketing: Marketing, desk: Desk) -> Iterator[dict[str, Any]]:
    """Which visit brought which order, and what analytics knows of it by now."""
    journeys = {one.order.id: one for one in desk.all_journeys()}
    for number in marketing.orders_sources(desk.store.name):
        journey = journeys.get(number)
        visit = journey.visit if journey is not None else None
        cause, times = _fate(marketing, desk, journey)
        platform, account, ad = visit.ad_click if visit is not None and visit.ad_click else (None,) * 3
        yield {
            "order_id": number,
            "day": visit.day.isoformat() if visit is not None else None,
            "channel_group": visit.channel_group if visit is not None else None,
            "source": visit.source if visit is not None else None,
            "medium": visit.medium if visit is not None else None,
            "campaign": visit.campaign if visit is not None else None,
            "ad_platform": platform,
            "ad_account": account,
            "ad_id": ad,
            "earlier_visits": len(journey.earlier) if journey is not None else 0,
            "cause": cause,
            "transaction_id": transaction_id(desk, journey) if journey is not None else None,
            "times_reported": times,
        }


def _counted(visit: Visit) -> dict[str, int]:
    return {
        "sessions": 1,
        "engaged": int(visit.engaged),
        "new": int(visit.is_new),
        "consented": int(visit.consented),
        "orders": int(visit.order is not None),
    }


def _fate(marketing: Marketing, desk: Desk, journey: Journey | None) -> tuple[str, int]:
    """The cause, and how often analytics has the purchase under its id."""
    if journey is None:
        return "off_site", 0
    if not journey.visit.consented:
        return "refused", 0
    if bought_at(desk.store, journey.order.id) is None:
        return "unpaid", 0
    if journey.report == "missed":
        return "missed", 0
    hits = [hit_of(desk, visit, journey, marketing.now) for visit in (journey.visit, journey.again) if visit]
    sent = [one.transaction_id for hit in hits if hit is not None for one in hit.purchases]
    if journey.report == "without_id":
        return ("without_id" if sent else "late"), 0
    return ("reported" if sent else "late"), len(sent)
