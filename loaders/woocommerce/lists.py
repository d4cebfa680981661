"""Lists that can only be read by offset, so that nothing is missed while rows go.

Sorted by id, new rows come at the end, but a row that goes moves all later ones up, past the edge of the
next page. So pages overlap by one row: one that does not begin at or before the last id that was seen is
not taken, and the list is read from further back until one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from loaders.common.errors import VendorTrouble
from loaders.woocommerce import settings
from loaders.woocommerce.client import Answer, Client
from loaders.woocommerce.documents import Json, number


@dataclass(frozen=True)
class Listing:
    """A list of the API: its route, and what narrows it down."""

    route: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def narrowed(self, **params: Any) -> Listing:
        """The same list, narrowed down further."""
        return Listing(self.route, {**self.params, **params})


@dataclass
class ById:
    """Reads whole lists in order of their ids."""

    client: Client

    def rows(self, listing: Listing, *, alone: bool = False) -> Iterator[tuple[Json, datetime]]:
        """(row, moment) for every row that is there throughout, each once.

        Pages are fetched side by side, or one by one with `alone`, as within a piece of the crew's work.
        """
        reach = 0
        for page in self._pages(listing, _Reach(), alone=alone):
            for row in page.body:
                if number(row) > reach:
                    yield row, page.at
            reach = max(reach, *(number(row) for row in page.body), 0)

    def count(self, listing: Listing) -> int | None:
        """How many rows the shop says there are; None where it does not say."""
        return self.client.rows(listing.route, {**listing.params, "per_page": 1, "_fields": "id"}).total

    def _pages(self, listing: Listing, seen: _Reach, *, alone: bool) -> Iterator[Answer]:
        offset = 0
        if not alone:
            first = self._page(listing, 0)
            offsets = range(settings.PER_PAGE - 1, first.total or 0, settings.PER_PAGE - 1)
            ahead = self.client.crew.in_order(lambda one: self._page(listing, one), offsets)
            for offset, page in _beginning(first, zip(offsets, ahead, strict=True)):
                if offset and not seen.joins(page):
                    break
                seen.extend(page)
                yield page
                if _is_last(page, offset):
                    return
            else:
                offset += settings.PER_PAGE - 1
        yield from self._onwards(listing, offset, seen)

    def _onwards(self, listing: Listing, offset: int, seen: _Reach) -> Iterator[Answer]:
        back = 0
        while True:
            page = self._page(listing, offset)
            if offset and not seen.joins(page):
                back += 1
                if back > settings.STEPS_BACK:
                    raise self._restless(listing)
                # Half a page, as the row of the overlap may be one that the shop counts and cannot show.
                offset = max(0, offset - settings.PER_PAGE // 2)
                continue
            seen.extend(page)
            yield page
            if _is_last(page, offset):
                return
            offset += settings.PER_PAGE - 1

    def _page(self, listing: Listing, offset: int) -> Answer:
        window = {"orderby": "id", "order": "asc", "per_page": settings.PER_PAGE, "offset": offset}
        page = self.client.rows(listing.route, {**listing.params, **window})
        ids = [number(row) for row in page.body]
        if len(ids) > settings.PER_PAGE or any(one >= other for one, other in pairwise(ids)):
            raise self.client.refusals.odd(listing.route, "is not in the order of its ids")
        return page

    def _restless(self, listing: Listing) -> VendorTrouble:
        return VendorTrouble(
            self.client.label,
            f"{listing.route} keeps losing rows while it is read.",
            "Load again when whatever deletes them has ended.",
        )


@dataclass
class _Reach:
    """How far a list was read without a gap."""

    last: int = 0

    def joins(self, page: Answer) -> bool:
        """Whether nothing can be between what was read and this page."""
        return bool(page.body) and number(page.body[0]) <= self.last

    def extend(self, page: Answer) -> None:
        """Take a page in."""
        if page.body:
            self.last = max(self.last, number(page.body[-1]))


def _is_last(page: Answer, offset: int) -> bool:
    """Whether a list ends here: rows that the shop cannot show are counted, and make a page shorter."""
    return len(page.body) < settings.PER_PAGE and (page.total or 0) <= offset + settings.PER_PAGE


def _beginning(first: Answer, others: Iterator[tuple[int, Answer]]) -> Iterator[tuple[int, Answer]]:
    yield 0, first
    yield from others
