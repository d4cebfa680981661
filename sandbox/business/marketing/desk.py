"""What marketing keeps of one store: its orders' journeys, sorted by the days they touch."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.claiming import Promise, promises
from sandbox.business.marketing.facts import fact, how_many, placed
from sandbox.business.marketing.journeys import Guide, Journey
from sandbox.business.marketing.traffic import Click, Traffic
from sandbox.business.model import Store
from sandbox.business.seasons import local_day


class Desk:
    """One store. Journeys never change once an order is planned, so every order is read once."""

    def __init__(self, store: Store, traffic: Traffic, books: tuple[Book, ...], guide: Guide) -> None:
        self.store, self.traffic, self.books, self.guide = store, traffic, books, guide
        self._read = 0
        self._lock = threading.Lock()
        self._journeys: dict[date, list[Journey]] = defaultdict(list)  # by the day of the order's visit
        self._again: dict[date, list[Journey]] = defaultdict(list)  # by the day of the second look
        self._clicks: dict[tuple[str, date], list[Click]] = defaultdict(list)  # by platform and its day
        self._touched: dict[tuple[str, date], list[Promise]] = defaultdict(list)
        self._converted: dict[tuple[str, date], list[Promise]] = defaultdict(list)

    def journey(self, order_id: int) -> Journey | None:
        """How one order came about; costs nothing for the others."""
        return self.guide.journey(fact(self.store, order_id))

    def orders(self) -> Iterator[int]:
        """The ids of all orders, planned ones too."""
        return (order.id for order in placed(self.store, 0))

    def journeys(self, day: date) -> list[Journey]:
        """Those whose last visit was on that day of the store."""
        self._catch_up()
        return self._journeys.get(day, [])

    def all_journeys(self) -> Iterator[Journey]:
        """Every journey, in no order."""
        self._catch_up()
        for some in list(self._journeys.values()):
            yield from some

    def second_looks(self, day: date) -> list[Journey]:
        """Those whose receipt was looked at once more on that day of the store."""
        self._catch_up()
        return self._again.get(day, [])

    def buyers_clicks(self, book: Book, day: date) -> list[Click]:
        """Clicks on an account's ads, on its day, that brought an order at once."""
        self._catch_up()
        return self._clicks.get((book.account.platform, day), [])

    def promises(self, book: Book, day: date, *, by_touch: bool) -> list[Promise]:
        """Conversions an account claims now or will, by its day of the click or of the purchase."""
        self._catch_up()
        shelf = self._touched if by_touch else self._converted
        return shelf.get((book.account.platform, day), [])

    def _catch_up(self) -> None:
        if self._read == how_many(self.store):
            return
        with self._lock:
            for order in placed(self.store, self._read):
                journey = self.guide.journey(order)
                if journey is not None:
                    self._file(journey)
                self._read += 1

    def _file(self, journey: Journey) -> None:
        self._journeys[journey.visit.day].append(journey)
        if journey.again is not None:
            self._again[journey.again.day].append(journey)
        if journey.click is not None:
            self._clicks[journey.click.book.account.platform, journey.click.day].append(journey.click)
        for book in self.books:
            for promise in promises(book, journey):
                platform, zone = book.account.platform, book.account.zone
                self._touched[platform, local_day(promise.touched_at, zone)].append(promise)
                self._converted[platform, local_day(promise.converted_at, zone)].append(promise)
