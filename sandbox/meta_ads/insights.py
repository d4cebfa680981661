"""Rows of an insights report. Who delivered nothing in a span has no row; who only converted has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sandbox.meta_ads.account import Account
from sandbox.meta_ads.actions import Actions
from sandbox.meta_ads.fields import Row, written
from sandbox.meta_ads.filters import measure, passes
from sandbox.meta_ads.parameters import LEVELS, Query
from sandbox.tallies import Place, merged

Within = tuple[str, str] | None  # the part (campaign, group, ad) and its id that a report is limited to


def report(account: Account, query: Query, *, within: Within = None, extra: str | None = None) -> list[Row]:
    """Every row of a report; `extra` is a type of action nobody has seen before."""
    rows = []
    for since, until in query.spans():
        found = account.days.over(since, min(until, account.today()))
        inside = (tally for tally in found if is_within(tally.place, within))
        tallies = merged(inside, LEVELS.index(query.level))
        # What was shown most comes first: rows change places as their numbers are restated.
        for tally in sorted(tallies, key=lambda one: -one.impressions):
            row = Row(account.info, tally, since, until, Actions(tally, query.windows, extra))
            if all(passes(row, each) for each in query.filters):
                rows.append(row)
    if query.sort:
        name, _, direction = query.sort.rpartition("_")
        rows.sort(key=lambda row: measure(row, name), reverse=direction == "descending")
    return rows


def shown(rows: Iterable[Row], query: Query) -> list[dict[str, Any]]:
    """Rows as they are sent."""
    return [written(row, query.fields) for row in rows]


def cells(rows: Sequence[Row], query: Query) -> int:
    """How much data rows are, by which the vendor gives up."""
    return len(rows) * len(query.fields)


def is_within(place: Place, within: Within) -> bool:
    """Whether a place is the one that is asked for, or in it."""
    return within is None or getattr(getattr(place, within[0]), "id", None) == within[1]
