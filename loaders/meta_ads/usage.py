"""What the headers of an answer say about the limits that it counted against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

BUSINESS = "x-business-use-case-usage"
SHARES = (BUSINESS, "x-fb-ads-insights-throttle", "x-ad-account-usage", "x-app-usage")
PERCENTAGES = ("call_count", "total_cputime", "total_time", "app_id_util_pct", "acc_id_util_pct")


def used_percent(headers: Mapping[str, str]) -> float:
    """The greatest share of any limit that is used up."""
    found = [one.get(name) for part in SHARES for one in _entries(headers, part) for name in PERCENTAGES]
    return max((float(one) for one in found if isinstance(one, int | float)), default=0.0)


def told_seconds(headers: Mapping[str, str]) -> float | None:
    """How long the vendor asks to wait; None where it does not say."""
    minutes = [one.get("estimated_time_to_regain_access") for one in _entries(headers, BUSINESS)]
    seconds = [60.0 * one for one in minutes if isinstance(one, int | float)]
    # The account's own block, which is told in seconds, counts only while it lasts.
    for one in _entries(headers, "x-ad-account-usage"):
        used, told = one.get("acc_id_util_pct"), one.get("reset_time_duration")
        if isinstance(used, int | float) and isinstance(told, int | float) and used >= 100:
            seconds.append(float(told))
    return max(seconds, default=0.0) or None


def _entries(headers: Mapping[str, str], name: str) -> Iterator[dict[str, Any]]:
    """The objects in a header, which is JSON: one, or lists of them by whom they are of."""
    try:
        found = orjson.loads(headers.get(name, ""))
    except orjson.JSONDecodeError:
        return
    if not isinstance(found, dict):
        return
    yield found
    for some in found.values():
        if isinstance(some, list):
            yield from (one for one in some if isinstance(one, dict))
