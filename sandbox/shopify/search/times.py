"""Date and time values of the search syntax."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

TIME = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)


def parse_time(text: str, zone: tzinfo, *, now: datetime) -> tuple[datetime, datetime] | None:
    """The first instant that `text` names and the first one after it; None where it is no time.

    Without an offset it is read on the shop's clock. A date names its whole day.
    """
    if text.strip().lower() == "now":
        return now, now + timedelta(seconds=1)
    found = TIME.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        start = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_offset(offset) if offset else zone,
        )
    except ValueError:
        return None
    if hour is not None:
        length = timedelta(seconds=1) if second else timedelta(minutes=1) if minute else timedelta(hours=1)
        return start.astimezone(UTC), start.astimezone(UTC) + length
    if day is not None:
        end = start + timedelta(days=1)
    elif month is not None:
        end = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    else:
        end = start.replace(year=start.year + 1)
    return start.astimezone(UTC), end.astimezone(UTC)


def _offset(text: str) -> timezone:
    if text.upper() == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
