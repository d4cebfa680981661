"""The days, weeks, months of a report: cut at the site's own midnights, the outermost at what was asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

NAMES = ("hour", "day", "week", "month", "quarter", "year")
DAY = 24 * 3600
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


def between(after: datetime, before: datetime, name: str) -> list[Interval]:
    """Every interval that has a second between two moments of the wall clock, both included, oldest first."""
    return list(_cut(after, before, name)) if after <= before else []


def counted(after: datetime, before: datetime, name: str, *, zone: tzinfo) -> int:
    """How many intervals the vendor says there are: it divides seconds, so a span of days with the long day
    of autumn in it has one more than there are.
    """
    if name != "day" or after > before:
        return len(between(after, before, name))
    seconds = int((before.replace(tzinfo=zone).timestamp()) - after.replace(tzinfo=zone).timestamp())
    return seconds // DAY + 1 + (before.time() < after.time())


def _cut(after: datetime, before: datetime, name: str) -> Iterator[Interval]:
    start = after
    while start <= before:
        end = min(_next(start, name) - timedelta(seconds=1), before)
        yield Interval(name_of(start, name), start, end)
        start = end + timedelta(seconds=1)


def _next(start: datetime, name: str) -> datetime:
    day = start.replace(hour=0, minute=0, second=0)
    if name == "hour":
        return start.replace(minute=0, second=0) + timedelta(hours=1)
    if name == "day":
        return day + timedelta(days=1)
    if name == "week":
        return day + timedelta(days=7 - day.weekday())
    if name == "month":
        return _months_on(day, 1)
    if name == "quarter":
        return _months_on(day, 3 - (day.month - 1) % 3)
    return day.replace(year=day.year + 1, month=1, day=1)


def _months_on(day: datetime, months: int) -> datetime:
    total = day.year * 12 + day.month - 1 + months
    return day.replace(year=total // 12, month=total % 12 + 1, day=1)


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
