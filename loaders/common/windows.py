"""Windows and cursors: what a run asks for.

A cursor is the end of the last complete window, kept in the resource's dlt state, which commits with the
load. It chooses what to ask for next and never filters a document out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from loaders.common.landing import Document

State = MutableMapping[str, Any]
CURSOR = "window_end"
# The earliest change of a document that was landed without a part of it that could not be read then. It stays
# where the run fails: what was landed is landed.
PARTLY = "read_partly_since"


@dataclass(frozen=True)
class Request:
    """What the caller wants: a window of vendor changes, or everything again."""

    since: datetime | None = None
    until: datetime | None = None
    full: bool = False

    @property
    def is_explicit(self) -> bool:
        """Whether the caller chose the window; it may leave a gap, so it leaves the cursor where it is."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True)
class Window:
    """From `since` to `until`, both included; None is open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.since is None and self.until is None


def next_window(state: State, request: Request, *, overlap: timedelta) -> Window:
    """The window to ask for now."""
    if request.is_explicit:
        return Window(request.since, request.until)
    end = cursor(state)
    if request.full or end is None:
        return Window()
    return Window(since=end - overlap)


def cursor(state: State, key: str = CURSOR) -> datetime | None:
    """Where the last window ended."""
    kept = state.get(key)
    return datetime.fromisoformat(kept) if kept else None


def advance(state: State, end: datetime | None, request: Request, *, key: str = CURSOR) -> None:
    """Note the end of a complete window; it never moves back."""
    old = cursor(state, key)
    if end is not None and not request.is_explicit and (old is None or end > old):
        state[key] = end.astimezone(UTC).isoformat()


class WindowEnd:
    """Where a window that was read to its end may be said to end.

    It is the last change that was seen, so that neither a lagging index nor a difference between clocks
    leaves a gap; and never later than the moment that the first answer describes.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._asked: datetime | None = None

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents, as they pass."""
        for document in documents:
            if self._asked is None or document.observed_at < self._asked:
                self._asked = document.observed_at
            if document.updated_at and (self._last is None or document.updated_at > self._last):
                self._last = document.updated_at
            yield document

    def end(self, *, before: datetime | None = None) -> datetime | None:
        """The end, not later than `before`; None where nothing that changed was seen."""
        known = [one for one in (self._last, self._asked if self._last else None, before) if one]
        return min(known) if self._last and known else None


def as_moment(day: date | datetime | str | None, *, end: bool = False) -> datetime | None:
    """A caller's date as a moment in UTC: the start of the day, or its last second with `end`."""
    if day is None:
        return None
    if isinstance(day, str):
        day = datetime.fromisoformat(day) if len(day) > len("2026-10-01") else date.fromisoformat(day)
    if isinstance(day, datetime):
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    return datetime.combine(day, time(23, 59, 59) if end else time(), tzinfo=UTC)
