"""The visits before an order, as the shop's own analytics remembers them.

It knows the first and the last visit of thirty days, on one device. Minutes pass until it has put them
together; nothing tells the order's `updatedAt` of it. Nobody could verify whether a journey of a single visit
repeats it as the last one: here it does for some orders and is null for others.
"""

from datetime import datetime, timedelta
from typing import Any

from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.types import Visit
from sandbox.business.model import Order
from sandbox.shopify.render.base import gid, when

PUTTING_TOGETHER = timedelta(minutes=3)
PLATFORMS = (
    ("google", "Google"),
    ("bing", "Bing"),
    ("instagram", "Instagram"),
    ("facebook", "Facebook"),
    ("tiktok", "TikTok"),
    ("pinterest", "Pinterest"),
    ("youtube", "YouTube"),
)
TACTICS = {
    "Email": "NEWSLETTER",
    "SMS": "MESSAGE",
    "Affiliates": "AFFILIATE",
    "Organic Search": "SEO",
    "Display": "RETARGETING",
    "Paid Search": "AD",
    "Paid Social": "AD",
}


def summary(order: Order, journey: Journey | None, *, index: int | None, now: datetime) -> dict[str, Any]:
    """A CustomerJourneySummary; an order of a till or of the phone has one without visits."""
    if now < order.created_at + PUTTING_TOGETHER:
        return _summary(index, None, None, ready=False)
    if journey is None:
        return {**_summary(index, None, None, ready=True), "momentsCount": _count(0)}
    visits = [*journey.linked, journey.visit]
    alone = len(visits) == 1 and order.id % 2
    first = _visit(visits[0], order, journey.site, number=0)
    last = None if alone else _visit(visits[-1], order, journey.site, number=len(visits) - 1)
    days = (order.processed_at - visits[0].at).days
    return {
        **_summary(index, first, last, ready=True),
        "daysToConversion": days,
        "momentsCount": _count(len(visits)),
    }


def _summary(index: int | None, first: Any, last: Any, *, ready: bool) -> dict[str, Any]:
    return {
        "customerOrderIndex": index,
        "daysToConversion": None,
        "firstVisit": first,
        "lastVisit": last,
        "momentsCount": None,
        "ready": ready,
    }


def _count(visits: int) -> dict[str, Any]:
    return {"count": visits, "precision": "EXACT"}


def _visit(visit: Visit, order: Order, site: str, *, number: int) -> dict[str, Any]:
    utm = visit.utm
    known = {name: (utm or {}).get(name) for name in ("campaign", "content", "medium", "source", "term")}
    page = None if visit.landing_page == "(not set)" else f"{site}{visit.landing_page}"
    return {
        "id": gid("CustomerVisit", order.id * 10 + number),
        "landingPage": f"{page}?{visit.query}" if page and visit.query else page,
        "occurredAt": when(visit.at),
        "referralCode": None,
        "referrerUrl": visit.referrer,
        "source": _source(visit),
        "sourceDescription": None,
        "sourceType": TACTICS.get(visit.channel_group) if utm or visit.medium == "organic" else None,
        "utmParameters": known if utm else None,
    }


def _source(visit: Visit) -> str:
    """A platform, email, a site's name, direct."""
    if visit.medium.lower() in {"email", "e-mail"}:
        return "email"
    told = (visit.utm or {}).get("source") or visit.referrer
    if told is None:
        return "direct"
    found = next((title for name, title in PLATFORMS if name in told), None)
    return found or told.removeprefix("https://").rstrip("/")
