"""Waits that a vendor asks of a whole account, kept by all threads that ask on its behalf."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Pace:
    """When the next request of an account may go out, `gap` seconds after the last one at the earliest."""

    def __init__(
        self,
        account: str,
        *,
        gap: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account = account
        self._gap = gap
        self._sleep = sleep
        self._clock = clock
        self._free_at = 0.0
        self._lock = threading.Lock()

    def hold(self, seconds: float) -> None:
        """No request for so long; a longer wait that was asked for before stays."""
        with self._lock:
            self._free_at = max(self._free_at, self._clock() + seconds)

    def wait(self) -> None:
        """Until the next request may go out."""
        with self._lock:
            now = self._clock()
            start = max(now, self._free_at)
            if self._gap:
                self._free_at = start + self._gap
        if start - now > 1:
            log.info("%s: waiting %.0f s for the vendor's limit", self._account, start - now)
        if start > now:
            self._sleep(start - now)
