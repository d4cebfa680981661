"""Orders with what is known of how their buyers came, what GA4 has of them, and what was spent meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.dbt.documents import Document, OrderDocument, gid, shop, stamp
from tests.dbt.marketing_documents import (
    account_of,
    bought,
    meta_row,
    purchase_day,
    rows_day,
    session_day,
    visited,
)
from tests.dbt.rawlog import Version
from tests.dbt.web_documents import WebOrder, site

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, NEXT, LATER = date(2026, 3, 2), date(2026, 3, 3), datetime(2026, 3, 20, tzinfo=UTC)
SAMPLE = {"samplingMetadatas": [{"samplesReadCount": "5", "samplingSpaceSize": "10"}]}
SHOP = "https://shop.example"
GOOGLE_ADS = {"source": "google", "medium": "cpc", "campaign": "Brand"}


def visit(
    utm: dict[str, str] | None = None, *, referrer: str | None = None, page: str = "/", days: float = 0
) -> Document:
    """A visit of Shopify's journey, so many days before the order."""
    tags = {"source": None, "medium": None, "campaign": None, "content": None, "term": None, **(utm or {})}
    return {
        "occurredAt": stamp(AT - timedelta(days=days)),
        "source": "direct",
        "sourceType": None,
        "referrerUrl": referrer,
        "landingPage": SHOP + page,
        "utmParameters": tags if utm else None,
    }


def order(
    account: str,
    number: int,
    told: Document | None = None,
    *,
    seen: datetime = AT,
    placed: datetime = AT,
    **changes: str,
) -> Version:
    """An order of 10.00 with or without a journey; a document of an older load has no such key at all."""
    made = OrderDocument(number, placed, currency="EUR", customer=number)
    made.sale("10.00", line=made.line("10.00"), quantity=1)
    made.agree("Order", placed)
    body = made.document() | ({} if told is None else {"customerJourneySummary": told}) | changes
    return Version(account, "orders", gid("Order", number), body, seen, seen)


def journey(last: Document | None, first: Document | None = None) -> Document:
    return {"ready": True, "firstVisit": first or last, "lastVisit": last}


def alone(visited: Document) -> Document:
    """A journey of one visit that is not repeated as the last one."""
    return {**journey(None, visited), "momentsCount": {"count": 1, "precision": "EXACT"}}


def web_order(number: int, **told: str) -> Version:
    """A web shop's order of 20.00 with WooCommerce's own note of how the buyer came."""
    made = WebOrder(number, AT)
    made.line("20.00")
    meta = [
        {"id": at, "key": f"_wc_order_attribution_{key}", "value": value}
        for at, (key, value) in enumerate(told.items(), 1)
    ]
    return made.version("linden", AT, meta_data=meta)


BY_ITSELF = visit()
# What WooCommerce makes of a click id of Google's where there are no tags.
GOOGLE_CLICK = {
    "source_type": "utm",
    "utm_source": "google",
    "utm_medium": "cpc",
    "utm_campaign": "google_cpc",
}
ORDERS: dict[int, Document | None] = {
    1: journey(visit(GOOGLE_ADS, referrer="https://www.google.com/")),
    2: journey(visit(referrer="https://m.facebook.com/", page="/?fbclid=x")),
    3: journey(visit(referrer="https://www.google.com/", page="/?gclid=x")),
    4: journey(visit(referrer="https://www.google.com/", page="/?gclid=x")),
    5: journey(BY_ITSELF),
    6: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email", "campaign": "May"}, days=29)),
    7: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email"}, days=31)),
    8: journey(visit(referrer=f"{SHOP}/cart")),
    9: {"ready": False, "firstVisit": None, "lastVisit": None},
    10: None,
    11: None,
    12: journey(visit({"source": "google", "medium": "cpc", "campaign": "Max"})),
    13: alone(visit({"source": "klaviyo", "medium": "email"})),
    14: alone(BY_ITSELF),
    # clicks on ads that GA4 knows nothing of: what it says is of another visit, or what it took this one for
    15: journey(visit(page="/?msclkid=x")),
    16: journey(visit(page="/?ttclid=x")),
    17: journey(visit(page="/?gclid=x")),
    18: journey(visit(page="/?gclid=x")),
    # thirty days and twelve hours before, and an hour after
    19: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email"}, days=30.5)),
    20: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email"}, days=-1 / 24)),
}
EXPECTED = {
    1: ("order_utm", "google", "cpc", "Brand", "Paid Search"),
    2: ("order_referrer", "m.facebook.com", "referral", None, "Organic Social"),
    3: ("order_click_id", "google", "cpc", None, "Paid Search"),
    4: ("ga4", "google", "cpc", "brand", "Cross-network"),
    5: ("ga4", "newsletter", "cpc", "brand", "Email"),
    6: ("last_non_direct", "klaviyo", "email", "May", "Email"),
    7: ("direct", "(direct)", "(none)", None, "Direct"),
    8: ("direct", "(direct)", "(none)", None, "Direct"),
    9: ("unattributed", None, None, None, "Unattributed"),
    10: ("unattributed", None, None, None, "Unattributed"),
    11: ("direct", "(direct)", "(none)", None, "Direct"),
    12: ("order_utm", "google", "cpc", "Max", "Cross-network"),
    13: ("order_utm", "klaviyo", "email", None, "Email"),
    14: ("direct", "(direct)", "(none)", None, "Direct"),
    15: ("order_click_id", "bing", "cpc", None, "Paid Search"),
    16: ("order_click_id", "tiktok", "cpc", None, "Paid Social"),
    17: ("order_click_id", "google", "cpc", None, "Paid Search"),
    18: ("order_click_id", "google", "cpc", None, "Paid Search"),
    19: ("direct", "(direct)", "(none)", None, "Direct"),
    20: ("direct", "(direct)", "(none)", None, "Direct"),
    21: ("order_utm", "bing", "cpc", None, "Paid Search"),
    22: ("order_referrer", "google", "organic", None, "Organic Search"),
    23: ("order_referrer", "news.example", "referral", None, "Referral"),
    27: ("ga4", "google", "cpc", "brand", "Cross-network"),
    28: ("order_click_id", "google", "cpc", None, "Paid Search"),
    26: ("order_referrer", "chatgpt.com", "ai-assistant", None, "AI Assistant"),
    24: ("direct", "(direct)", "(none)", None, "Direct"),
    25: ("unattributed", None, None, None, "Unattributed"),
}


def purchase(
    transaction: str, group: str, source: str, *, medium: str = "cpc", times: int = 1, revenue: str = "10"
) -> list[str]:
    row = bought(transaction, revenue, times=times, source=source)
    return [*row[:2], group, source, medium, *row[5:]]


def refund(transaction: str, group: str, source: str) -> list[str]:
    """A row of a refund alone: its purchase was before the first day that was read."""
    return [*purchase(transaction, group, source, times=0, revenue="0")[:-1], "4"]


def reports() -> list[Version]:
    """What GA4 has: harbour sends ids and names, linden the order's number, nobody is no store's."""
    direct = purchase("11", "Direct", "(direct)")
    clicked = purchase("LL-27", "Cross-network", "google", revenue="20")
    harbour = [
        purchase("4", "Cross-network", "google"),
        purchase("#5", "Email", "newsletter", times=3),
        purchase("5", "Email", "newsletter"),
        direct,
        purchase("12", "Cross-network", "google"),
        purchase("15", "Organic Search", "bing", medium="organic"),
        purchase("16", "Organic Social", "tiktok.com", medium="referral"),
        purchase("17", "Email", "klaviyo", medium="email"),
        purchase("18", "Organic Search", "google", medium="organic"),
        purchase("777", "Referral", "news.example"),
        refund("9", "Email", "newsletter"),
        purchase("(not set)", "Direct", "(direct)", times=2),
    ]
    dollars = purchase("LL-25", "Unassigned", "(not set)", revenue="20")
    return [
        *(account_of("ga4", name, AT, zone="Europe/Berlin") for name in ("harbour", "linden", "nobody")),
        purchase_day("harbour", DAY, LATER, harbour),
        # the page was loaded again the day after: known already
        purchase_day("harbour", NEXT, AT, [purchase("4", "Direct", "(direct)")]),
        purchase_day("linden", DAY, LATER, [dollars, clicked], currencyCode="USD", **SAMPLE),
        purchase_day("nobody", DAY, LATER, [purchase("1", "Email", "newsletter")]),
        session_day("harbour", DAY, LATER, [visited("20260302", "google", 40)]),
        session_day("harbour", NEXT, AT, [visited("20260303", "google", 7)], subjectToThresholding=True),
        # nobody came, or too few to tell
        session_day("linden", DAY, AT, [], subjectToThresholding=True),
        # its visits were not read
        purchase_day("harbour", date(2026, 3, 5), AT, [], **SAMPLE),
        session_day("nobody", DAY, LATER, [visited("20260302", "google", 5)]),
    ]


def spend() -> list[Version]:
    return [
        account_of("meta_ads", "harbour", AT, currency="USD", zone="Europe/Berlin"),
        account_of("meta_ads", "nobody", AT, currency="CHF", zone="Europe/Berlin"),
        rows_day("meta_ads", "harbour", DAY, datetime(2026, 4, 20, tzinfo=UTC), [meta_row(1, 1, "11.00")]),
        rows_day("meta_ads", "harbour", date(2026, 3, 5), AT, [meta_row(1, 1, "2.20", currency="USD")]),
        rows_day("meta_ads", "nobody", DAY, LATER, [meta_row(1, 1, "5.00")]),
    ]


def stores() -> list[Version]:
    """A Shopify shop and a web shop."""
    body = shop("harbour", zone="Europe/Berlin", currency="EUR", updated_at=AT)
    return [Version("harbour", "shop", gid("Shop", 1), body, AT, AT), site("linden", AT)]


def orders() -> list[Version]:
    """Those of `EXPECTED`."""
    return [
        *(order("harbour", number, told) for number, told in ORDERS.items()),
        web_order(21, source_type="utm", utm_source="bing", utm_medium="cpc", utm_campaign="(none)"),
        web_order(22, source_type="organic", utm_source="google", referrer="https://www.google.com/"),
        web_order(23, source_type="referral", utm_source="news.example"),
        web_order(26, source_type="referral", utm_source="chatgpt.com", utm_medium="referral"),
        web_order(24, source_type="typein", utm_source="(direct)"),
        web_order(25, source_type="admin"),
        web_order(27, **GOOGLE_CLICK),
        web_order(28, **GOOGLE_CLICK),
    ]
