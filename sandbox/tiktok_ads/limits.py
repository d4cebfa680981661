"""How many requests are taken: by the second per advertiser and path, by the minute per app, in real time."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

SECOND, MINUTE = 1.0, 60.0


@dataclass(frozen=True)
class Settings:
    """What an app of the basic tier may do; 0 is as much as it likes."""

    qps: int = 10
    qpm: int = 600


class Window:
    """Requests within the last so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def count(self, limit: int) -> int:
        """How many there are with this one, which only stays where the limit lets it."""
        now = time.monotonic()
        with self._lock:
            while self._times and self._times[0] <= now - self.seconds:
                self._times.popleft()
            if limit and len(self._times) >= limit:
                return len(self._times) + 1
            self._times.append(now)
            return len(self._times)
