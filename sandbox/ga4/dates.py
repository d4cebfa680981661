"""Date ranges of a request, resolved in the property's time zone."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.google.errors import invalid_argument
from sandbox.google.transcoding import Message, camel

FIRST, LAST = date(2015, 8, 14), date(2999, 12, 31)
MOST = 4
DAYS_AGO = re.compile(r"(\d{1,6})daysAgo")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
RESERVED = ("date_range_", "RESERVED_")


@dataclass(frozen=True)
class DateRange:
    """Days from `start` to `end`, both included, and what the implicit dimension calls them."""

    start: date
    end: date
    name: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days + 1


def date_ranges(sent: list[Message], *, today: date) -> tuple[DateRange, ...]:
    """The ranges of a request, or `RpcError`."""
    if not sent:
        raise invalid_argument("A dateRange is required.")
    if len(sent) > MOST:
        raise invalid_argument(
            f"Requests are limited to {MOST} dateRanges.\n  This request contains {len(sent)} dateRanges."
        )
    return tuple(_range(one, place, today=today) for place, one in enumerate(sent))


def _range(sent: Message, place: int, *, today: date) -> DateRange:
    name = sent.get("name", "")
    if name.startswith(RESERVED):
        raise invalid_argument(f"Date range names cannot start with {' or '.join(RESERVED)}: {name}")
    start, end = (_day(sent.get(key, ""), camel(key), today=today) for key in ("start_date", "end_date"))
    if start > end:
        raise invalid_argument(
            f"start_date must be less than or equal to end_date. start_date = {start} and end_date = {end}"
        )
    return DateRange(start, end, name or f"date_range_{place}")


def _day(text: str, what: str, *, today: date) -> date:
    day = _relative(text, today)
    if day is None and ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
    if day is None:
        raise invalid_argument(
            f"Invalid {what} : {text}. {what} must be YYYY-MM-DD, NdaysAgo, yesterday, or today."
        )
    if not FIRST <= day <= LAST:
        raise invalid_argument(
            f"Invalid {what} : {text}. {what} must be after 2015-08-13 and before 3000-01-01."
        )
    return day


def _relative(text: str, today: date) -> date | None:
    ago = DAYS_AGO.fullmatch(text)
    if ago:
        return today - timedelta(days=min(int(ago[1]), today.toordinal() - 1))
    return {"today": today, "yesterday": today - timedelta(days=1)}.get(text)
