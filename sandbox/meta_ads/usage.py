"""How much of its allowance an account has used, and the headers that say so.

The hour is the sandbox's. Percentages are of calls; time and processor time follow them here.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

import orjson

HOUR = timedelta(hours=1)
FULL = 100
# Tier -> calls an hour by type of use, and how many more every active ad brings.
TIERS: dict[str, dict[str, tuple[int, int]]] = {
    "development_access": {"ads_insights": (600, 400), "ads_management": (300, 40)},
    "standard_access": {"ads_insights": (190_000, 400), "ads_management": (100_000, 40)},
}


class Usage:
    """Calls of the last hour, by type."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def count(self, kind: str, now: datetime, *, allowed: int) -> tuple[int, int]:
        """Count a call; returns the percentage used with it, and minutes until calls are taken again."""
        with self._lock:
            calls = self._calls.setdefault(kind, deque())
            while calls and calls[0] <= now - HOUR:
                calls.popleft()
            if len(calls) >= allowed:
                wait = calls[0] + HOUR - now
                return FULL, max(1, -(-int(wait.total_seconds()) // 60))
            calls.append(now)
            return len(calls) * FULL // allowed, 0


def allowance(tier: str, kind: str, active_ads: int) -> int:
    """Calls an hour."""
    base, per_ad = TIERS[tier][kind]
    return base + per_ad * active_ads


def headers(account_id: str, kind: str, *, tier: str, percent: int, minutes: int) -> dict[str, str]:
    """What every answer about an account carries; minutes in one header, seconds in another."""
    business = {
        "type": kind,
        "call_count": percent,
        "total_cputime": percent // 2,
        "total_time": percent // 2,
        "estimated_time_to_regain_access": minutes,
        "ads_api_access_tier": tier,
    }
    account = {"acc_id_util_pct": percent, "reset_time_duration": minutes * 60, "ads_api_access_tier": tier}
    app = {"call_count": percent, "total_time": percent // 2, "total_cputime": percent // 2}
    shown = {
        "x-business-use-case-usage": {account_id: [business]},
        "x-ad-account-usage": account,
        "x-app-usage": app,
    }
    if kind == "ads_insights":
        throttle = {"app_id_util_pct": percent, "acc_id_util_pct": percent, "ads_api_access_tier": tier}
        shown["x-fb-ads-insights-throttle"] = throttle
    return {name: orjson.dumps(value).decode() for name, value in shown.items()}
