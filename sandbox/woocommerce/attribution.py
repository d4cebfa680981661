"""What the shop's order attribution notes on an order: which visit brought it, as its cookies remember.

They keep the last visit that came from somewhere: coming back directly later changes nothing. A click id of
Google alone is enough for "google / cpc", with a campaign of the plugin's own. Some orders have no notes at
all: of the office, of another program, renewals, and now and then one whose page ran no script.
"""

from __future__ import annotations

from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.types import Visit
from sandbox.business.model import Meta, ShopOrder
from sandbox.business.webshop.invoice import BLOCK
from sandbox.business.webshop.remarks import ATTRIBUTION

FIRST_NOTE = 790_000  # ids of these notes within an order's block
FORGETFUL = 19  # one in so many orders has no notes for no reason that anybody found
DEVICES = {"mobile": "Mobile", "tablet": "Tablet"}
COUNTED = ("session_pages", "session_count")


def notes(order: ShopOrder, journey: Journey | None) -> tuple[Meta, ...]:
    """The order's meta data with what the attribution makes of its journey."""
    others = tuple(one for one in order.meta if not one.key.startswith(ATTRIBUTION))
    if order.created_via == "admin":
        told: dict[str, str] = {"source_type": "admin"}
    elif journey is None or order.id % FORGETFUL == 0:
        return others
    else:
        told = {**_told(journey), **_counted(order)}
        if order.user_agent:
            told["user_agent"] = order.user_agent
        told["device_type"] = DEVICES.get(journey.visit.device, "Desktop")
    first = order.id * BLOCK + FIRST_NOTE
    written = (Meta(first + n, f"{ATTRIBUTION}{key}", value) for n, (key, value) in enumerate(told.items()))
    return (*written, *others)


def _told(journey: Journey) -> dict[str, str]:
    remembered = [one for one in [*journey.linked, journey.visit] if one.channel_group != "Direct"]
    visit = remembered[-1] if remembered else journey.visit
    page = "" if visit.landing_page == "(not set)" else visit.landing_page
    entry = f"{journey.site}{page or '/'}"
    return {
        **_named(visit),
        "session_entry": f"{entry}?{visit.query}" if visit.query else entry,
        "session_start_time": f"{visit.at:%Y-%m-%d %H:%M:%S}",
    }


def _named(visit: Visit) -> dict[str, str]:
    """Where a visit came from, in the plugin's words; what it does not know it does not write."""
    referrer = {"referrer": visit.referrer} if visit.referrer else {}
    if visit.utm:
        tags = {f"utm_{name}": value for name, value in visit.utm.items()}
        return {"source_type": "utm", **referrer, **tags}
    if "gclid=" in visit.query:
        return {
            "source_type": "utm",
            **referrer,
            "utm_campaign": "google_cpc",
            "utm_source": "google",
            "utm_medium": "cpc",
        }
    if visit.medium == "organic":
        return {"source_type": "organic", **referrer, "utm_source": visit.source, "utm_medium": "organic"}
    if visit.referrer:
        return {"source_type": "referral", **referrer, "utm_source": visit.source, "utm_medium": "referral"}
    return {"source_type": "typein", "utm_source": "(direct)"}


def _counted(order: ShopOrder) -> dict[str, str]:
    known = {one.key.removeprefix(ATTRIBUTION): str(one.value) for one in order.meta}
    return {name: known[name] for name in COUNTED if name in known}
