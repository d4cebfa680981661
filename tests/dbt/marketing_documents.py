"""Documents of Google Analytics, Google Ads, Meta Ads and TikTok Ads as the loaders land them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tests.dbt.rawlog import Version

Row = dict[str, Any]
DIMENSIONS = (
    "date",
    "sessionDefaultChannelGroup",
    "sessionSource",
    "sessionMedium",
    "sessionCampaignName",
    "landingPage",
    "deviceCategory",
    "country",
)
SESSION_METRICS = (
    "sessions",
    "engagedSessions",
    "totalUsers",
    "newUsers",
    "itemViewEvents",
    "addToCarts",
    "checkouts",
    "ecommercePurchases",
    "purchaseRevenue",
)
PURCHASE_DIMENSIONS = ("date", "transactionId", *DIMENSIONS[1:5], *DIMENSIONS[6:])
PURCHASE_METRICS = ("ecommercePurchases", "purchaseRevenue", "taxAmount", "shippingAmount", "refundAmount")


def day_document(
    account: str, day: date, body: Mapping[str, Any], *, seen: datetime, of: tuple[str, str]
) -> Version:
    """The document of one account-day; `of` is the platform and its resource, the id is the day."""
    platform, resource = of
    document = {"day": day.isoformat(), **body}
    return Version(account, resource, day.isoformat(), document, None, seen, platform)


def account_of(
    platform: str, account: str, seen: datetime, *, currency: str = "EUR", zone: str = "UTC"
) -> Version:
    """The document that says whose data it is."""
    identities: dict[str, tuple[str, str, Row]] = {
        "ga4": ("properties", "411", {"property": "411", "currencyCode": currency, "timeZone": zone}),
        "google_ads": (
            "customers",
            "100",
            {"customer": {"id": "100", "descriptiveName": "A", "currencyCode": currency, "timeZone": zone}},
        ),
        "meta_ads": (
            "ad_accounts",
            "act_5",
            {"id": "act_5", "name": "A", "currency": currency, "timezone_name": zone},
        ),
        "tiktok_ads": (
            "advertisers",
            "7",
            {"advertiser_id": "7", "name": "A", "currency": currency, "timezone": zone},
        ),
    }
    resource, number, body = identities[platform]
    return Version(account, resource, number, body, seen, seen, platform)


def campaign_of(
    platform: str, account: str, number: int, seen: datetime, *, name: str, kind: str = "SEARCH"
) -> Version:
    """A campaign as the platform lists it; TikTok is not asked for any."""
    if platform == "google_ads":
        listed = {"id": str(number), "name": name, "status": "ENABLED", "advertisingChannelType": kind}
        body: Row = {"campaign": listed}
    else:
        body = {"id": str(number), "name": name, "objective": kind, "effective_status": "ACTIVE"}
    return Version(account, "campaigns", str(number), body, None, seen, platform)


def google_row(
    campaign: int, ad: int | None, *, cost: str = "0", shown: int = 0, clicks: int = 0, **more: Any
) -> Row:
    """A row of a Google Ads report; `cost` in the account's currency, `more` is conversion metrics."""
    micros = str(int(float(cost) * 1_000_000))
    metrics = {"costMicros": micros, "impressions": str(shown), "clicks": str(clicks)}
    row: Row = {"campaign": {"id": str(campaign)}, "metrics": metrics}
    if ad is not None:
        row |= {"adGroup": {"id": str(10 * ad)}, "adGroupAd": {"ad": {"id": str(ad)}}}
    if more:
        name, category = more.pop("action", "Purchase"), more.pop("category", "PURCHASE")
        row["segments"] = {"conversionActionName": name, "conversionActionCategory": category}
        row["metrics"] = more
    return row


def google_days(
    account: str,
    day: date,
    seen: datetime,
    *,
    ads: Iterable[Row] = (),
    campaigns: Iterable[Row] = (),
    resource: str = "ad_reports",
) -> Version:
    """A day of Google Ads, of `ad_reports` or `conversion_reports`."""
    body = {"ads": list(ads), "campaigns": list(campaigns)}
    return day_document(account, day, body, seen=seen, of=("google_ads", resource))


def stat(action: str, value: str | None, **windows: str) -> Row:
    """One of Meta's stats; windows are `click7="1"` for 7d_click and so on."""
    names = {"click1": "1d_click", "click7": "7d_click", "click28": "28d_click", "view1": "1d_view"}
    own = {"value": value} if value is not None else {}
    return {"action_type": action, **own, **{names[name]: one for name, one in windows.items()}}


def meta_row(campaign: int, ad: int, spend: str, *, currency: str | None = None, **more: Any) -> Row:
    """A row of Meta's insights; `more` is added as it is (actions, clicks …)."""
    ids = {"campaign_id": str(campaign), "adset_id": str(10 * ad), "ad_id": str(ad)}
    money = {"account_currency": currency} if currency else {}
    return {**ids, "campaign_name": f"Campaign {campaign}", "spend": spend, **money, **more}


def tiktok_row(campaign: int, ad: int, spend: str, **metrics: str) -> Row:
    """A row of TikTok's report."""
    ids = {"campaign_id": str(campaign), "campaign_name": f"Campaign {campaign}", "adgroup_id": str(10 * ad)}
    return {"dimensions": {"ad_id": str(ad)}, "metrics": {**ids, "spend": spend, **metrics}}


def rows_day(platform: str, account: str, day: date, seen: datetime, rows: Iterable[Row]) -> Version:
    """A day of Meta or TikTok."""
    resource = {"meta_ads": "insights", "tiktok_ads": "ad_reports"}[platform]
    return day_document(account, day, {"rows": list(rows)}, seen=seen, of=(platform, resource))


def answer(
    dimensions: Sequence[str], metrics: Sequence[str], rows: Iterable[Sequence[str]], **metadata: Any
) -> Row:
    """An answer of Google Analytics: `rows` give the dimensions, then the metrics. None: no such key."""
    lines = [
        {
            "dimensionValues": [{"value": value} for value in row[: len(dimensions)]],
            "metricValues": [{"value": value} for value in row[len(dimensions) :]],
        }
        for row in rows
    ]
    report: Row = {
        "dimensionHeaders": [{"name": name} for name in dimensions],
        "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in metrics],
        "metadata": {"currencyCode": "EUR", "timeZone": "Europe/Berlin", **metadata},
        "kind": "analyticsData#runReport",
    }
    return report | ({"rows": lines, "rowCount": len(lines)} if lines else {})


def session_day(
    account: str, day: date, seen: datetime, rows: Iterable[Sequence[str]], **metadata: Any
) -> Version:
    """A day of sessions."""
    report = answer(DIMENSIONS, SESSION_METRICS, rows, **metadata)
    return day_document(account, day, {"report": report}, seen=seen, of=("ga4", "session_reports"))


def purchase_day(
    account: str, day: date, seen: datetime, rows: Iterable[Sequence[str]], **metadata: Any
) -> Version:
    """A day of purchases."""
    report = answer(PURCHASE_DIMENSIONS, PURCHASE_METRICS, rows, **metadata)
    return day_document(account, day, {"report": report}, seen=seen, of=("ga4", "purchase_reports"))


def visited(
    day: str, source: str, sessions: int, *, group: str = "Paid Search", revenue: str = "0"
) -> list[str]:
    """A row of sessions from a source; everything else is the same in all of them."""
    numbers = [str(sessions), str(sessions), str(sessions), "1", "3", "2", "1", "1", revenue]
    return [day, group, source, "cpc", "brand", "/", "mobile", "Germany", *numbers]


def bought(
    transaction: str, revenue: str, *, times: int = 1, source: str = "google", day: str = "20260301"
) -> list[str]:
    """A row of purchases: what was reported so often comes to so often as much."""
    place = [day, transaction, "Paid Search", source, "cpc", "brand", "mobile", "Germany"]
    return [*place, str(times), revenue, "0", "0", "0"]
