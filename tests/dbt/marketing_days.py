"""Days of four platforms, read three times: documents of which everything is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.dbt.documents import gid, shop
from tests.dbt.marketing_documents import (
    account_of,
    bought,
    campaign_of,
    google_days,
    google_row,
    meta_row,
    purchase_day,
    rows_day,
    session_day,
    stat,
    tiktok_row,
    visited,
)
from tests.dbt.rawlog import Version

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)
NEXT_DAY = datetime(2026, 3, 3, 6, tzinfo=UTC)
WEEK_LATER = datetime(2026, 3, 8, 12, tzinfo=UTC)
# 30 March, half an hour before midnight, in Los Angeles: the last day on which 2 March is restated.
AT_LAST = datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
SIDES = ("offsite_conversion.fb_pixel_purchase", "purchase", "omni_purchase")


def claimed(count: int, value: str, *, types: tuple[str, ...] = SIDES, **windows: str) -> dict[str, Any]:
    """The same purchases from every side, as Meta shows them."""
    return {
        "actions": [stat(name, str(count), **windows) for name in types] + [stat("link_click", "9")],
        "action_values": [stat(name, value) for name in types],
    }


def meta(day: date, seen: datetime, *rows: dict[str, Any]) -> Version:
    return rows_day("meta_ads", "harbour", day, seen, rows)


def settings() -> list[Version]:
    body = shop("harbour", zone="Europe/London", currency="GBP", updated_at=NEXT_DAY)
    kinds = {1: "SEARCH", 2: "PERFORMANCE_MAX"}
    return [
        Version("harbour", "shop", gid("Shop", 1), body, NEXT_DAY, NEXT_DAY),
        account_of("ga4", "harbour", NEXT_DAY),
        account_of("google_ads", "harbour", NEXT_DAY, currency="GBP"),
        account_of("meta_ads", "harbour", NEXT_DAY, currency="GBP", zone="America/Los_Angeles"),
        account_of("tiktok_ads", "nobody", NEXT_DAY, currency="RUB"),
        *(campaign_of("google_ads", "harbour", n, NEXT_DAY, name=f"C{n}", kind=k) for n, k in kinds.items()),
    ]


def first_readings() -> list[Version]:
    ad = google_row(1, 5, cost="1.500001", shown=10, clicks=2)
    bought_by_ads = google_row(
        1, 5, conversions=1.5, conversionsValue=30.5, allConversions=4, viewThroughConversions="1"
    )
    totals = [
        google_row(1, None, cost="1.500001", shown=10, clicks=2),
        google_row(2, None, cost="3.25", shown=7),
    ]
    odd = google_row(1, 5, action="Tea", category="TEA_DRUNK", conversions=3)
    return [
        google_days("harbour", SECOND, NEXT_DAY, ads=[ad], campaigns=totals),
        google_days(
            "harbour",
            SECOND,
            NEXT_DAY,
            resource="conversion_reports",
            ads=[bought_by_ads, odd],
            campaigns=[google_row(2, None, conversions=2, conversionsValue=10, viewThroughConversions="3")],
        ),
        meta(FIRST, datetime(2026, 3, 2, 12, tzinfo=UTC), meta_row(7, 70, "4.00", **claimed(1, "10.00"))),
        meta(SECOND, NEXT_DAY, meta_row(7, 70, "9.99", **claimed(1, "31.02")), meta_row(7, 71, "5.00")),
        rows_day("tiktok_ads", "nobody", SECOND, NEXT_DAY, [tiktok_row(8, 80, "4.00", clicks="-")]),
        session_day(
            "harbour",
            SECOND,
            NEXT_DAY,
            [
                visited("20260302", "google", 5),
                visited("(other)", "google", 2),
                visited("(other)", "(other)", 3),
            ],
            subjectToThresholding=True,
            dataLossFromOtherRow=True,
            samplingMetadatas=[{"samplesReadCount": "5", "samplingSpaceSize": "10"}],
        ),
        purchase_day(
            "harbour",
            SECOND,
            NEXT_DAY,
            [bought("1001", "40.00", times=2), bought("(not set)", "7.00"), bought("", "3.00")],
        ),
    ]


def later_readings() -> list[Version]:
    widest = claimed(2, "62.04", types=("purchase", "omni_purchase", "invented_action"), click7="1")
    return [
        meta(FIRST, WEEK_LATER, meta_row(7, 70, "4.00", **claimed(3, "30.00"))),
        # the second ad's row is gone
        meta(SECOND, WEEK_LATER, meta_row(7, 70, "9.50", **widest)),
        google_days("harbour", SECOND, WEEK_LATER),  # nothing at all is left
        purchase_day("harbour", date(2026, 3, 7), WEEK_LATER, [bought("1001", "20.00", source="bing")]),
        session_day("harbour", FIRST, WEEK_LATER, []),
        # what nobody can read, and a day that is none
        Version("harbour", "insights", "2026-03-05", '{"day": ', None, WEEK_LATER, "meta_ads"),
        Version("nobody", "ad_reports", "today", {"rows": []}, None, WEEK_LATER, "tiktok_ads"),
    ]


def last_readings() -> list[Version]:
    return [
        # the same as before, but for its being final
        purchase_day(
            "harbour",
            SECOND,
            AT_LAST,
            [bought("1001", "40.00", times=2), bought("(not set)", "7.00"), bought("", "3.00")],
        ),
        meta(FIRST, AT_LAST, meta_row(7, 70, "4.00", **claimed(4, "40.00"))),
        meta(SECOND, AT_LAST, meta_row(7, 70, "9.25", **claimed(2, "62.04"))),
    ]
