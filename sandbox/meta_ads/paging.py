"""Pages by cursor. `next` is a whole address, token included, and missing on the last page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox.meta_ads import errors
from sandbox.meta_ads.sent import Parameters, is_number, page_size

UNSENT = ("appsecret_proof", "after", "before", "access_token", "method")


@dataclass(frozen=True)
class Page:
    """A part of a list, and where it begins in it."""

    rows: Sequence[Any]
    first: int
    total: int
    size: int


def cursor(position: int) -> str:
    """The opaque name of a place in a list."""
    return base64.urlsafe_b64encode(str(position).encode()).decode().replace("=", "ZD")


def position(text: str) -> int:
    """The place that a cursor names, or `GraphError`."""
    try:
        place = base64.b64decode(text.replace("ZD", "=").encode(), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise errors.bad_cursor() from None
    if not is_number(place):
        raise errors.bad_cursor()
    return int(place)


def page(rows: Sequence[Any], sent: Parameters) -> Page:
    """The page that is asked for: after a cursor, before one, or the first."""
    size = page_size(sent)
    if sent.get("before"):
        end = min(position(sent["before"]), len(rows))
        first = max(0, end - size)
        return Page(rows[first:end], first, len(rows), size)
    first = position(sent["after"]) + 1 if sent.get("after") else 0
    return Page(rows[first : first + size], first, len(rows), size)


def links(one: Page, sent: Parameters, *, address: str, token: str) -> dict[str, Any]:
    """`paging` of an answer, empty for an empty page."""
    if not one.rows:
        return {}
    last = one.first + len(one.rows) - 1
    shown: dict[str, Any] = {"cursors": {"before": cursor(one.first), "after": cursor(last)}}
    kept = {
        "access_token": token,
        **{name: value for name, value in sent.items() if name not in UNSENT},
        "limit": str(one.size),
    }
    if last + 1 < one.total:
        shown["next"] = f"{address}?{urlencode({**kept, 'after': shown['cursors']['after']})}"
    if one.first:
        shown["previous"] = f"{address}?{urlencode({**kept, 'before': shown['cursors']['before']})}"
    return {"paging": shown}
