"""Moments on the wire, and the bounds that date filters draw.

Filters compare seconds and exclude both ends. A value without offset is the site's own time, one with an
offset is converted to it. With `dates_are_gmt` the value's wall clock is compared with UTC as it stands, but
one that has an offset is *first* converted to the site's time: off by the site's offset, as at the vendor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from sandbox.woocommerce.arguments import Arguments, stated

Column = Literal["created", "modified"]
FILTERS: dict[str, tuple[Column, bool]] = {
    "after": ("created", True),
    "before": ("created", False),
    "modified_after": ("modified", True),
    "modified_before": ("modified", False),
}


@dataclass(frozen=True)
class Bound:
    """A column has to lie strictly after (or before) a moment."""

    column: Column
    after: bool
    at: datetime  # aware: compared with the moment; naive: with the site's wall clock


def bounds(arguments: Arguments, zone: tzinfo, *, by_moment: bool) -> list[Bound]:
    """The bounds of a request. `by_moment`: local values are converted to UTC before they are compared.

    Orders in tables of their own do that; posts (products, coupons, older shops' orders) compare the site's
    wall clock, which in the repeated hour of autumn means two moments.
    """
    gmt = bool(arguments.get("dates_are_gmt"))
    found = []
    for name, (column, after) in FILTERS.items():
        value = arguments.get(name)
        if value is not None:
            found.append(Bound(column, after, _at(value, zone, gmt=gmt, by_moment=by_moment)))
    return found


def passes(bound: Bound, zone: tzinfo) -> Callable[[datetime], bool]:
    """Whether a moment lies within a bound."""
    at, after = bound.at, bound.after
    if at.tzinfo is not None:
        return (lambda moment: moment > at) if after else (lambda moment: moment < at)
    if after:
        return lambda moment: wall(moment, zone) > at
    return lambda moment: wall(moment, zone) < at


def wall(moment: datetime, zone: tzinfo) -> datetime:
    """The site's wall clock at a moment, without offset."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def read(text: str, zone: tzinfo) -> datetime:
    """A moment as PHP reads it: without an offset it is the zone's, the first of two, the later of none."""
    moment = stated(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def local(moment: datetime | None, zone: tzinfo) -> str | None:
    """`2026-10-05T14:03:11` of the site's clock."""
    return None if moment is None else wall(moment, zone).isoformat()


def gmt(moment: datetime | None) -> str | None:
    """`2026-10-05T12:03:11` in UTC, without Z."""
    return None if moment is None else moment.replace(tzinfo=None).isoformat()


def _at(value: str, zone: tzinfo, *, gmt: bool, by_moment: bool) -> datetime:
    if gmt:
        given = stated(value)
        shown = given if given.tzinfo is None else wall(given, zone)
        return shown.replace(tzinfo=UTC)
    moment = read(value, zone)
    return moment if by_moment else wall(moment, zone)
