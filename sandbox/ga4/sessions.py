"""What a property knows of its sessions: slices that reports are counted from.

A session is one slice for its events without a transaction id and one per id that its purchases reported;
a report by transaction id counts the slices apart, every other adds them up. All events of a session are on
the day on which it began.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sandbox.business.marketing.types import Hit, Purchase, Visit
from sandbox.ga4.fields import NOT_SET

ALL = 1 << 32
CAMPAIGNS = {
    "(none)": "(direct)",
    "organic": "(organic)",
    "referral": "(referral)",
    "ai-assistant": "(ai-assistant)",
}


@dataclass(slots=True, frozen=True)
class Slice:
    """The events of one session that share a transaction id, or have none."""

    session: tuple[date, int]  # its day, and which of the day's sessions
    visit: Visit
    local: datetime  # when it began, in the property's time zone
    transaction: str
    purchases: tuple[Purchase, ...]
    is_first: bool  # carries what a session has once: its views, its start

    @property
    def draw(self) -> float:
        """Between 0 and 1, the same for a session whenever it is asked."""
        visit = self.visit
        return zlib.crc32(f"{visit.visitor} {visit.at.isoformat()}".encode()) / ALL


def slices(hits: Iterable[Hit], zone: ZoneInfo) -> list[Slice]:
    """All slices of some sessions, for a property in this time zone."""
    found: list[Slice] = []
    for number, hit in enumerate(hits):
        visit = hit.visit
        local = visit.at.astimezone(zone)
        by_id: dict[str, list[Purchase]] = {NOT_SET: []}
        for purchase in hit.purchases:
            by_id.setdefault(_transaction(visit, purchase), []).append(purchase)
        for transaction, purchases in by_id.items():
            is_first = transaction == NOT_SET
            found.append(Slice((visit.day, number), visit, local, transaction, tuple(purchases), is_first))
    return found


def _transaction(visit: Visit, purchase: Purchase) -> str:
    """Where the id is missing, the tag of phones' pages sends an empty text, the other one nothing."""
    return purchase.transaction_id or ("" if visit.device == "mobile" else NOT_SET)


def _campaign(one: Slice) -> str:
    return one.visit.campaign or CAMPAIGNS.get(one.visit.medium, NOT_SET)


def _page_and_query(one: Slice) -> str:
    return f"{one.visit.landing_page}?{one.visit.query}" if one.visit.query else one.visit.landing_page


DIMENSION_VALUES: Mapping[str, Callable[[Slice], str]] = {
    "date": lambda one: f"{one.visit.day:%Y%m%d}",
    "dateHour": lambda one: f"{one.local:%Y%m%d%H}",
    "dateHourMinute": lambda one: f"{one.local:%Y%m%d%H%M}",
    "dayOfWeek": lambda one: f"{one.visit.day.isoweekday() % 7}",
    "hour": lambda one: f"{one.local:%H}",
    "month": lambda one: f"{one.visit.day:%m}",
    "week": lambda one: f"{int(one.visit.day.strftime('%U')) + 1:02d}",
    "year": lambda one: f"{one.visit.day:%Y}",
    "yearMonth": lambda one: f"{one.visit.day:%Y%m}",
    "sessionDefaultChannelGroup": lambda one: one.visit.channel_group,
    "sessionSource": lambda one: one.visit.source or NOT_SET,
    "sessionMedium": lambda one: one.visit.medium or NOT_SET,
    "sessionSourceMedium": lambda one: f"{one.visit.source or NOT_SET} / {one.visit.medium or NOT_SET}",
    "sessionCampaignName": _campaign,
    "sessionCampaignId": lambda one: one.visit.campaign_id or NOT_SET,
    "landingPage": lambda one: one.visit.landing_page or NOT_SET,
    "landingPagePlusQueryString": lambda one: _page_and_query(one) or NOT_SET,
    "deviceCategory": lambda one: one.visit.device,
    "country": lambda one: one.visit.country or NOT_SET,
    "transactionId": lambda one: one.transaction,
    "itemId": lambda _: NOT_SET,
    "itemName": lambda _: NOT_SET,
    "itemCategory": lambda _: NOT_SET,
    "defaultChannelGroup": lambda one: one.visit.channel_group,
    "source": lambda one: one.visit.source or NOT_SET,
    "medium": lambda one: one.visit.medium or NOT_SET,
    "campaignName": _campaign,
}
Number = int | float | Decimal
Slices = Sequence[Slice]


def _sessions(of: Slices) -> int:
    return len({one.session for one in of})


def _engaged(of: Slices) -> int:
    return len({one.session for one in of if one.visit.engaged})


def _users(of: Slices) -> int:
    return len({one.visit.visitor for one in of})


def _active(of: Slices) -> int:
    return len({one.visit.visitor for one in of if one.visit.engaged or one.visit.is_new})


def _new(of: Slices) -> int:
    return len({one.visit.visitor for one in of if one.visit.is_new and one.is_first})


def _purchases(of: Slices) -> int:
    return sum(len(one.purchases) for one in of)


def _firsts(of: Slices, *flags: str) -> int:
    return sum(getattr(one.visit, flag) for one in of if one.is_first for flag in flags)


def _views(of: Slices) -> int:
    starts = sum(one.is_first for one in of)
    return starts + _firsts(of, "views_item", "begins_checkout") + _purchases(of)


def _events(of: Slices) -> int:
    starts = sum(one.is_first for one in of)
    flags = ("is_new", "engaged", "views_item", "adds_to_cart", "begins_checkout")
    return starts + _views(of) + _firsts(of, *flags) + _purchases(of)


def _money(of: Slices, *parts: str) -> Decimal:
    return sum(
        (getattr(purchase, part) for one in of for purchase in one.purchases for part in parts), Decimal(0)
    )


METRIC_VALUES: Mapping[str, Callable[[Slices], Number]] = {
    "sessions": _sessions,
    "engagedSessions": _engaged,
    "engagementRate": lambda of: _engaged(of) / max(1, _sessions(of)),
    "bounceRate": lambda of: 1 - _engaged(of) / max(1, _sessions(of)),
    "totalUsers": _users,
    "activeUsers": _active,
    "newUsers": _new,
    "eventCount": _events,
    "screenPageViews": _views,
    "itemViewEvents": lambda of: _firsts(of, "views_item"),
    "addToCarts": lambda of: _firsts(of, "adds_to_cart"),
    "checkouts": lambda of: _firsts(of, "begins_checkout"),
    "ecommercePurchases": _purchases,
    "transactions": _purchases,
    "taxAmount": lambda of: _money(of, "tax"),
    "shippingAmount": lambda of: _money(of, "shipping"),
    "purchaseRevenue": lambda of: _money(of, "revenue"),
    "grossPurchaseRevenue": lambda of: _money(of, "revenue"),
    "totalRevenue": lambda of: _money(of, "revenue"),
    "refundAmount": lambda _: Decimal(0),  # the shops' tags report no refunds
    "keyEvents": lambda of: float(_purchases(of)),
    "itemsViewed": lambda _: 0,
    "itemsAddedToCart": lambda _: 0,
    "itemsCheckedOut": lambda _: 0,
    "itemsPurchased": lambda _: 0,
    "itemRevenue": lambda _: Decimal(0),
}
RATIOS = ("engagementRate", "bounceRate")  # a sample says them as they are, everything else is scaled up
