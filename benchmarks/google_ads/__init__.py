"""A Google Ads account for the benchmarks: its master data, its days, and landing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from benchmarks.google_ads import documents
from benchmarks.google_ads.documents import ADS_IN_A_GROUP, GROUPS_IN_A_CAMPAIGN
from benchmarks.shops import ACCOUNT
from loaders.common import land_documents

PLATFORM = "google_ads"


def fill(ads: int) -> None:
    """Land the account and its campaigns, ad groups, ads and conversion action."""
    groups = -(-ads // ADS_IN_A_GROUP)
    campaigns = -(-groups // GROUPS_IN_A_CAMPAIGN)
    of: dict[str, tuple[Callable[[Any], str], Iterable[bytes]]] = {
        "customers": (lambda row: row["customer"]["id"], [documents.customer()]),
        "campaigns": (lambda row: row["campaign"]["id"], map(documents.campaign, range(campaigns))),
        "ad_groups": (lambda row: row["adGroup"]["id"], map(documents.ad_group, range(groups))),
        "ads": (
            lambda row: row["adGroupAd"]["resourceName"].rpartition("/")[2],
            map(documents.ad, range(ads)),
        ),
        "conversion_actions": (
            lambda row: row["conversionAction"]["id"],
            [documents.conversion_action()],
        ),
    }
    for resource, (identify, found) in of.items():
        land_documents(PLATFORM, ACCOUNT, resource, found, id_key=identify)


def land_days(days: Iterable[date], *, ads: int, reading: int, read_on: date) -> int:
    """Land the reports of days as they were found on `read_on`; the documents that were new."""
    listed, at = list(days), datetime.combine(read_on, time(6), tzinfo=UTC)
    landed = 0
    for resource, document in (
        ("ad_reports", documents.ad_report),
        ("conversion_reports", documents.conversion_report),
    ):
        found = (document(day, ads=ads, reading=reading) for day in listed)
        landed += land_documents(PLATFORM, ACCOUNT, resource, found, id_key="day", observed_at=at).rows
    return landed


def days_until(last: date, count: int) -> list[date]:
    """So many days that end with `last`."""
    return [last - timedelta(days=back) for back in reversed(range(count))]
