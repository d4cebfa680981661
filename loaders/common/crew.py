"""A few requests side by side: the limit of an account, and results in the order that was asked for."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crew:
    """So many threads of one account, and never more requests at once.

    They are daemons: a run that is interrupted ends at once, whatever a request still waits for. Work is
    handed out by one thread; a piece of work must not wait for another one.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._work: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._started = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Have `work` done by whoever is free next."""
        if not self._started:
            self._started = True
            for _ in range(self.size):
                threading.Thread(target=self._serve, daemon=True).start()
        future: Future[Result] = Future()
        self._work.put((future, work))
        return future

    def in_order(
        self, work: Callable[[Item], Result], items: Iterable[Item], *, lead: int | None = None
    ) -> Iterator[Result]:
        """`work` done on each item, a few ahead of the caller, or `lead` where many need no work at all."""
        left = iter(items)
        ahead = deque(self.submit(_bound(work, one)) for one in islice(left, lead or 2 * self.size))
        try:
            while ahead:
                result = ahead.popleft().result()
                ahead.extend(self.submit(_bound(work, one)) for one in islice(left, 1))
                yield result
        finally:
            for future in ahead:
                future.cancel()

    def close(self) -> None:
        """Let the threads go once they have ended what they are at."""
        if self._started:
            for _ in range(self.size):
                self._work.put(None)
            self._started = False

    def _serve(self) -> None:
        while (task := self._work.get()) is not None:
            future, work = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            del future, work, task


def _bound(work: Callable[[Item], Result], item: Item) -> Callable[[], Result]:
    return lambda: work(item)
