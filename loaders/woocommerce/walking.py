"""Lists that are walked along a time, in slices side by side; nothing is lost while rows move.

A page begins where the one before it ended, by time and not by offset, so that rows which change (and so
move to the end) shift nothing. The vendor's filters leave their own second out, so a page begins a second
early; what comes twice is dropped by its id. A slice is safe by itself: rows can only leave it, towards the
end of the last slice, which is open, or into the window of the next run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

from loaders.common.errors import MalformedAnswer
from loaders.common.windows import Window
from loaders.woocommerce import settings
from loaders.woocommerce.client import Answer, Client
from loaders.woocommerce.documents import Json, moment, naive, number
from loaders.woocommerce.lists import ById, Listing
from loaders.woocommerce.site import Site, folds

SECOND = timedelta(seconds=1)
# Rows without any time come first in a list and in no window; the weekly sweep finds them.
BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)


class Clock(NamedTuple):
    """The time along which a list is walked: its field, its filters, its order."""

    field: str
    after: str
    before: str
    order: str


MODIFIED = Clock("date_modified_gmt", "modified_after", "modified_before", "modified")
CREATED = Clock("date_created_gmt", "after", "before", "date")


@dataclass(frozen=True)
class Slice:
    """From `first` to `last`, whole seconds, both included; the last one of a walk is open.

    `held` are the rows of the first second that were handed out already. `by_id`: the order of times is
    no help here.
    """

    first: datetime
    last: datetime | None
    held: frozenset[int] = frozenset()
    by_id: bool = False


@dataclass
class Walk:
    """One list of one site, walked along one of its times."""

    client: Client
    site: Site
    listing: Listing
    clock: Clock = MODIFIED

    def rows(self, window: Window) -> Iterator[tuple[Json, datetime]]:
        """(row, moment) for every row whose time is in the window; a few come twice."""
        all_of_it = Slice(
            window.since.replace(microsecond=0) if window.since else BEGINNING,
            window.until.replace(microsecond=0) if window.until else None,
        )
        if window.since:
            self._twice = folds(self.site.zone, all_of_it.first, self._end(all_of_it))
            waiting = deque(self._cut(all_of_it, 1))
        else:
            page = self._page(all_of_it)
            yield from ((row, page.at) for row in page.body)
            first = min((stamp for stamp in self._stamps(page) if stamp), default=BEGINNING)
            self._twice = folds(self.site.zone, first, self._end(all_of_it))
            waiting = deque(self._rest(all_of_it, page, self.client.crew.size))
        yield from self._side_by_side(waiting)

    def _side_by_side(self, waiting: deque[Slice]) -> Iterator[tuple[Json, datetime]]:
        running: dict[Future[Answer], Slice] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self.client.crew.size:
                    one = waiting.popleft()
                    if one.by_id:
                        yield from ById(self.client).rows(self._within(one))
                    else:
                        running[self.client.crew.submit(partial(self._page, one))] = one
                for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                    one, page = running.pop(future), future.result()
                    yield from ((row, page.at) for row in page.body if number(row) not in one.held)
                    idle = self.client.crew.size - len(running) - len(waiting)
                    waiting.extend(self._rest(one, page, max(idle, 1)))
        finally:
            for future in running:
                future.cancel()

    def _end(self, one: Slice) -> datetime:
        """Where an open slice ends for now."""
        return max(self.site.at, one.first) if one.last is None else one.last

    def _stamps(self, page: Answer) -> list[datetime | None]:
        return [moment(row.get(self.clock.field)) for row in page.body]

    def _rest(self, one: Slice, page: Answer, parts: int) -> list[Slice]:
        """What of a slice comes after its first page, in so many parts, if they are worth it."""
        stamps = self._stamps(page)
        known = [stamp for stamp in stamps if stamp]
        if known and (min(known) < one.first or (one.last and max(known) > one.last)):
            raise self._unfiltered()
        # A page can be short and not the last: the shop leaves out what it counts and cannot show.
        if len(page.body) < settings.PER_PAGE and (page.total or 0) <= settings.PER_PAGE:
            return []
        if not known or known != sorted(known) or len(known) < len(stamps):
            return [replace(one, by_id=True)]
        edge = known[-1]
        disordered = [low for low, high in self._twice if low <= edge and high >= known[0]]
        rest = []
        if disordered:
            # Only the page with which a walk begins: nobody knew yet where its rows would be.
            left = Slice(max(min(disordered), one.first), one.last)
        elif edge == one.first:
            # More rows in this second than one page holds, or just as many.
            rest = [Slice(edge, edge, by_id=True)]
            left = Slice(edge + SECOND, one.last)
        else:
            held = frozenset(
                number(row) for row, stamp in zip(page.body, stamps, strict=True) if stamp == edge
            )
            left = Slice(edge, one.last, held)
        if left.last and left.first > left.last:
            return rest
        more = page.total is not None and page.total - len(page.body) > settings.PER_PAGE
        return rest + self._cut(left, parts if more else 1)

    def _cut(self, one: Slice, parts: int) -> list[Slice]:
        """A slice in so many parts of equal length, apart from the hours that come twice."""
        step = timedelta(seconds=int((self._end(one) - one.first).total_seconds()) // parts)
        starts = [one.first]
        if step >= SECOND:
            starts += [one.first + step * number for number in range(1, parts)]
        pieces = []
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            held = one.held if start == one.first else frozenset()
            pieces += self._apart(Slice(start, following - SECOND if following else one.last, held))
        return pieces

    def _apart(self, one: Slice) -> list[Slice]:
        """The pieces of a slice, those apart whose local times come twice."""
        pieces = []
        for low, high in self._twice:
            if high < one.first or (one.last and low > one.last):
                continue
            if low > one.first:
                pieces.append(replace(one, last=low - SECOND))
            stop = high if one.last is None else min(high, one.last)
            pieces.append(Slice(max(low, one.first), stop, one.held, by_id=True))
            if one.last and high >= one.last:
                return pieces
            one = Slice(high + SECOND, one.last)
        return [*pieces, one]

    def _page(self, one: Slice) -> Answer:
        return self.client.rows(self.listing.route, self._asked(one))

    def _asked(self, one: Slice) -> dict[str, object]:
        order = {"orderby": self.clock.order, "order": "asc", "per_page": settings.PER_PAGE}
        return {**self._within(one).params, **order}

    def _within(self, one: Slice) -> Listing:
        bounds = {self.clock.after: naive(one.first - SECOND), "dates_are_gmt": "true"}
        if one.last:
            bounds[self.clock.before] = naive(one.last + SECOND)
        return self.listing.narrowed(**bounds)

    def _unfiltered(self) -> MalformedAnswer:
        return MalformedAnswer(
            self.client.label,
            f"the shop does not understand {self.clock.after}: {self.listing.route} has rows outside of it; "
            "nothing of it was landed.",
            "Update WooCommerce to 5.8 or newer.",
        )
