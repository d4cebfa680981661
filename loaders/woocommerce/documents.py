"""From what a shop sends to the documents that are landed: as sent, keys sorted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from loaders.common.landing import Document
from loaders.common.texts import canonical

Json = dict[str, Any]
MODIFIED = "date_modified_gmt"


def landed(row: Json, at: datetime) -> Document:
    """A document ready to land. A time that is no time is kept in the text and left out of the column."""
    return Document(str(number(row)), canonical(row), moment(row.get(MODIFIED)), at)


def number(row: Json) -> int:
    """The vendor's id of a row; raises ValueError where it is none: it could never be found again."""
    identity = row["id"]
    if isinstance(identity, str) and identity.isdecimal():
        identity = int(identity)
    if not isinstance(identity, int) or isinstance(identity, bool) or identity <= 0:
        raise ValueError(f"an id is no number but {type(identity).__name__}")
    return identity


def moment(text: object) -> datetime | None:
    """A time of the vendor's `_gmt` fields, which carry no offset; None where it is empty or unreadable."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def naive(at: datetime) -> str:
    """A moment as the vendor's filters take it beside `dates_are_gmt`: with an offset it is misread."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
