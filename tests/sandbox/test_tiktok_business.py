"""TikTok's stand-in in front of the business: its truth to the cent, and how its numbers move with time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.running import Running
from tests.sandbox.ads_world import control, truth
from tests.sandbox.tiktok import ALPINE, EVERY, KIWI, TikTok

ADVERTISERS = {"alpine": ALPINE, "kiwi": KIWI}
LAST = date(2026, 11, 22)
METRICS = ["spend", "impressions", "clicks", "complete_payment", "real_time_conversion", "currency"]


def report(tiktok: TikTok, last: date, spans: int = 1) -> list[dict[str, Any]]:
    """The daily report by ad over so many spans of thirty days."""
    found: list[dict[str, Any]] = []
    for _ in range(spans):
        first = last - timedelta(days=29)
        found += tiktok.rows(
            start_date=first.isoformat(), end_date=last.isoformat(), metrics=METRICS, filtering=EVERY
        )
        last = first - timedelta(days=1)
    return found


@pytest.mark.parametrize("account", ["alpine", "kiwi"])
def test_a_report_is_the_truth_day_by_day(practice: Running, account: str) -> None:
    rows = report(TikTok(practice, account, ADVERTISERS[account]), LAST, spans=4)
    shown: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for row in rows:
        day = row["dimensions"]["stat_time_day"].removesuffix(" 00:00:00")
        numbers = [Decimal(row["metrics"][name]) for name in ("spend", "impressions", "clicks")]
        shown[day] = [known + more for known, more in zip(shown[day], numbers, strict=True)]
    days = {
        day: [Decimal(str(one["spend"])), Decimal(one["impressions"]), Decimal(one["clicks"])]
        for day, one in truth(practice, "tiktok_ads", account).items()
        if (LAST - timedelta(days=119)).isoformat() <= day <= LAST.isoformat()
    }
    assert len(days) > 100
    assert {day: sums for day, sums in shown.items() if any(sums)} == {
        day: sums for day, sums in days.items() if any(sums)
    }
    assert {row["metrics"]["currency"] for row in rows} == {"USD" if account == "alpine" else "NZD"}
    assert sum(int(row["metrics"]["complete_payment"]) for row in rows) > 0


def test_days_grow_until_they_are_old(own_practice: Running) -> None:
    control(own_practice, "accounts/tiktok_ads/kiwi", qps=0)
    tiktok = TikTok(own_practice, "kiwi", KIWI)
    before = report(tiktok, LAST, spans=3)
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(days=3))
    after = report(tiktok, LAST, spans=3)
    moved = {row["dimensions"]["stat_time_day"][:10] for row in after if row not in before}
    assert LAST.isoformat() in moved
    assert min(moved) >= (LAST - timedelta(days=30)).isoformat()
