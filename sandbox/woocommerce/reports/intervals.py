"""The days, weeks, months of a report: cut at the site's own midnights, the outermost at what was asked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

NAMES = ("hour", "day", "week", "month", "quarter", "year")
DAY = 24 * 3600
LENGTHS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SQL = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Interval:
    """From its first to its last second by the site's wall clock."""

    id: str
    start: datetime  # naive
    end: datetime  # naive

    def shown(self, zone: tzinfo) -> dict[str, str]:
        """Its name and both ends, twice."""
        return {
            "interval": self.id,
            "date_start": self.start.strftime(SQL),
            "date_start_gmt": _gmt(self.start, zone),
            "date_end": self.end.strftime(SQL),
            "date_end_gmt": _gmt(self.end, zone),
        }


class Intervals:
    """Every interval that has a second between two moments of the wall clock, both included, oldest first.

    Each is worked out when it is asked for: of the hours since the year 1 a page needs few.
    """

    def __init__(self, after: datetime, before: datetime, name: str) -> None:
        self._after, self._before, self._name = after, before, name
        self._first = _start(after, name)

    def __len__(self) -> int:
        if self._after > self._before:
            return 0
        last = _start(self._before, self._name)
        if self._name in LENGTHS:
            return (last - self._first) // LENGTHS[self._name] + 1
        months = (last.year - self._first.year) * 12 + last.month - self._first.month
        return months // MONTHS[self._name] + 1

    def __getitem__(self, number: int) -> Interval:
        start = max(self._after, self._begin(number))
        end = min(self._begin(number + 1) - timedelta(seconds=1), self._before)
        return Interval(name_of(start, self._name), start, end)

    def counted(self, zone: tzinfo) -> int:
        """How many the vendor says there are: it divides seconds, so a span of days with the long day of
        autumn in it has one more than there are.
        """
        if self._name != "day" or self._after > self._before:
            return len(self)
        after, before = (one.replace(tzinfo=zone).timestamp() for one in (self._after, self._before))
        return int(before - after) // DAY + 1 + (self._before.time() < self._after.time())

    def _begin(self, number: int) -> datetime:
        if self._name in LENGTHS:
            return self._first + number * LENGTHS[self._name]
        total = self._first.year * 12 + self._first.month - 1 + number * MONTHS[self._name]
        return self._first.replace(year=total // 12, month=total % 12 + 1)


def _start(moment: datetime, name: str) -> datetime:
    """The first second of the interval that a moment lies in."""
    if name == "hour":
        return moment.replace(minute=0, second=0)
    day = moment.replace(hour=0, minute=0, second=0)
    if name == "day":
        return day
    if name == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(month=day.month - (day.month - 1) % MONTHS[name], day=1)


def name_of(moment: datetime, name: str) -> str:
    """The name of the interval that a moment of the wall clock lies in."""
    if name == "week":
        year, week, _ = moment.isocalendar()
        return f"{year}-{week:02}"
    if name == "quarter":
        return f"{moment.year}-{(moment.month - 1) // 3 + 1}"
    formats = {"hour": "%Y-%m-%d %H", "day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    return moment.strftime(formats[name])


def _gmt(wall: datetime, zone: tzinfo) -> str:
    return wall.replace(tzinfo=zone).astimezone(UTC).strftime(SQL)
