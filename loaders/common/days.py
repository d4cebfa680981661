"""Days of reports: which of them a run asks for, and the document of each.

A vendor restates a day for a while. A run reads again whatever was still open to that when it was last read,
and everything since: so many days before the one up to which runs have come, however long ago that was. The
first reading after a day was closed says so in its document, which makes it a version of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from loaders.common.accounts import Account
from loaders.common.errors import AccountMisconfigured, MalformedAnswer
from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.common.windows import Request, State

# The key of a resource's state: the day, in the account's own zone, up to which all were read that were not
# closed before. Days are read in their order, so that it holds for a run that stopped halfway as well.
REPORTED = "reported_until"
# What a first load reads where the accounts file names no day: a year, and what the last months are compared
# with.
HISTORY_DAYS = 400
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included; none where `last` is before `first`."""

    first: date
    last: date

    def __len__(self) -> int:
        """How many there are."""
        return max(0, (self.last - self.first).days + 1)

    def __iter__(self) -> Iterator[date]:
        """Each of them, the oldest first."""
        return (self.first + timedelta(days=number) for number in range(len(self)))

    def spans(self, length: int) -> Iterator[Days]:
        """The same days in pieces of at most `length`."""
        for start in range(0, len(self), length):
            first = self.first + timedelta(days=start)
            yield Days(first, min(self.last, first + timedelta(days=length - 1)))

    def halves(self) -> tuple[Days, Days]:
        """The same days in two pieces; there must be two of them."""
        middle = self.first + timedelta(days=len(self) // 2)
        return Days(self.first, middle - ONE), Days(middle, self.last)


def days_to_read(
    state: State, request: Request, *, today: date, look_back: int, first: Callable[[], date | None]
) -> Days:
    """The days a run asks for, up to `today`, which is not over yet.

    Explicit ones; or those of the `look_back` days before the mark of earlier runs, and all since; or, with
    `full`, in a first load and where only an end is given, all from `first()` on (None: nothing to report).
    """
    last = min(request.until.date(), today) if request.until else today
    if request.since:
        return Days(request.since.date(), last)
    known = state.get(REPORTED)
    if known and not request.full and not request.is_explicit:
        return Days(date.fromisoformat(known) - timedelta(days=look_back), last)
    return Days(first() or last + ONE, last)


def days_were_read(state: State, request: Request, days: Days) -> None:
    """Note that all of `days` were read, and handed on; the mark never moves back."""
    if days and not request.is_explicit:
        state[REPORTED] = max(str(state.get(REPORTED, "")), days.last.isoformat())


@dataclass(frozen=True)
class AccountDays:
    """The days of one ad account or property, in its own zone and by the vendor's clock.

    `restated` is how many days the vendor may still change a day after it; `reach` how many days back it
    shows anything (None: no limit is known).
    """

    account: Account
    zone: ZoneInfo
    at: datetime
    restated: int
    reach: int | None = None
    warn: Callable[[str], None] = lambda _: None

    @property
    def today(self) -> date:
        """The account's day at the moment the vendor last spoke of it."""
        return self._local(self.at)

    def asked(self, state: State, request: Request) -> Days:
        """What to read now; what is older than the vendor shows, or than `since` asks for, is left out."""
        since = self._since()
        first = since or self.today - timedelta(days=HISTORY_DAYS)
        days = days_to_read(state, request, today=self.today, look_back=self.restated, first=lambda: first)
        if since and not request.since:
            days = Days(max(days.first, since), days.last)
        oldest = self.today - timedelta(days=self.reach) if self.reach is not None else days.first
        if days.first < oldest:
            self.warn(f"days before {oldest} are out of the vendor's reach: it shows {self.reach} days")
        return Days(max(days.first, oldest), days.last)

    def document(
        self, day: date, content: Mapping[str, Any], at: datetime, *, volatile: Sequence[str] = ()
    ) -> Document:
        """The document of one day: `content` as sent, read at `at` (the earliest of several answers).

        `is_final` tells whether the vendor's time for changing it was over by then. `volatile` names parts,
        as `report.propertyQuota`, that are kept and make no new version.
        """
        final = self._local(at) > day + timedelta(days=self.restated)
        body = {**content, "day": day.isoformat(), "is_final": final}
        hashed = canonical(_without(body, volatile)) if volatile else None
        return Document(day.isoformat(), canonical(body), None, at, hashed)

    def _local(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _since(self) -> date | None:
        """The first day that is wanted at all, where option `since` names one."""
        given = self.account.options.get("since")
        if given is None:
            return None
        try:
            return date.fromisoformat(str(given))
        except ValueError:
            raise AccountMisconfigured(
                self.account.label,
                f"`since` in the accounts file is no day: {given!r}.",
                f'Write since = "2026-01-01" in [{self.account.platform}.{self.account.name}].',
            ) from None


def zone_of(account: Account, name: object) -> ZoneInfo:
    """The time zone that a vendor names for an account."""
    try:
        return ZoneInfo(str(name))
    except (LookupError, ValueError, OSError):
        raise MalformedAnswer(
            account.label,
            f"the vendor names the account's time zone {name!r}, which nobody knows; nothing was landed.",
            "Update this machine's time zones (the package tzdata); if it stays, report it.",
        ) from None


def _without(document: dict[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """A copy without the parts at dotted `paths`; only what leads to them is copied."""
    for path in paths:
        head, _, rest = path.partition(".")
        inner = document.get(head)
        if rest and isinstance(inner, dict):
            document = {**document, head: _without(inner, [rest])}
        elif not rest:
            document = {key: value for key, value in document.items() if key != head}
    return document
