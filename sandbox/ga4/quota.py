"""The quotas of a property, by the sandbox's clock: hours, and days that begin at midnight Pacific time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.google.errors import RpcError

PACIFIC = ZoneInfo("America/Los_Angeles")
PAGE = "https://developers.google.com/analytics/devguides/reporting/data/v1/quotas"
HOUR, DAY = (
    "These quota tokens will return in under an hour.",
    "These quota tokens will return in under 24 hours.",
)


@dataclass(frozen=True)
class Bucket:
    """One quota: how much there is, for a usual property and for one of Analytics 360."""

    name: str
    standard: int
    premium: int
    refusal: str
    daily: bool = False


BUCKETS = {
    one.name: one
    for one in (
        Bucket("tokensPerDay", 200_000, 2_000_000, f"Exhausted property tokens per day. {DAY}", daily=True),
        Bucket("tokensPerHour", 40_000, 400_000, f"Exhausted property tokens per hour. {HOUR}"),
        Bucket("concurrentRequests", 10, 50, "Exhausted concurrent requests quota."),
        Bucket("serverErrorsPerProjectPerHour", 10, 50, f"Exhausted server errors quota. {HOUR}"),
        Bucket(
            "potentiallyThresholdedRequestsPerHour",
            120,
            120,
            "Exhausted potentially thresholded requests quota.",
        ),
        Bucket(
            "tokensPerProjectPerHour",
            14_000,
            140_000,
            f"Exhausted property tokens for a project per hour. {HOUR}",
        ),
    )
}
TOKENS = ("tokensPerDay", "tokensPerHour", "tokensPerProjectPerHour")
CLIENT_ERRORS = "Exhausted client errors quota. These quota tokens will return in under 15 minutes."


class Quota:
    """What one property has used up."""

    def __init__(self, now: Callable[[], datetime], *, premium: Callable[[], bool]) -> None:
        self._now = now
        self._premium = premium
        self._used: dict[tuple[str, Any], int] = {}
        self._under_way = 0
        self._lock = threading.Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A request is under way inside; raises `RpcError` where a quota is used up."""
        with self._lock:
            for one in BUCKETS.values():
                if self._left(one) <= 0:
                    raise exhausted(one.refusal)
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def spend(self, tokens: int) -> None:
        """Pay for a report."""
        with self._lock:
            for name in TOKENS:
                self._add(BUCKETS[name], tokens)

    def note_server_error(self) -> None:
        """An answer was a server's error: those are counted too."""
        with self._lock:
            self._add(BUCKETS["serverErrorsPerProjectPerHour"], 1)

    def use_up(self, name: str) -> None:
        """Leave nothing of a bucket until its time is over."""
        with self._lock:
            self._add(BUCKETS[name], self._left(BUCKETS[name]))

    def shown(self, tokens: int) -> dict[str, Any]:
        """`propertyQuota` in the answer to a request that cost so many tokens."""
        with self._lock:
            return {
                one.name: {
                    "consumed": tokens if one.name in TOKENS else 0,
                    "remaining": max(0, self._left(one) + (one.name == "concurrentRequests")),
                }
                for one in BUCKETS.values()
            }

    def _left(self, bucket: Bucket) -> int:
        size = bucket.premium if self._premium() else bucket.standard
        if bucket.name == "concurrentRequests":
            size -= self._under_way
        return size - self._used.get((bucket.name, self._time(bucket)), 0)

    def _add(self, bucket: Bucket, amount: int) -> None:
        key = (bucket.name, self._time(bucket))
        self._used[key] = self._used.get(key, 0) + amount

    def _time(self, bucket: Bucket) -> Any:
        now = self._now()
        return now.astimezone(PACIFIC).date() if bucket.daily else now.replace(minute=0, second=0)


def exhausted(refusal: str) -> RpcError:
    """429 in the words of the quota; nothing else says how long to wait."""
    return RpcError(429, "RESOURCE_EXHAUSTED", message=f"{refusal} To learn more, see {PAGE}")
