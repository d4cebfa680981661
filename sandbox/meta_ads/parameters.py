"""What an insights request asks for, read and checked the way the vendor does: the first mistake is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.meta_ads import errors, presets
from sandbox.meta_ads.actions import SILENT, WINDOWS
from sandbox.meta_ads.fields import ALWAYS, DEFAULT, EMPTY, KNOWN
from sandbox.meta_ads.filters import Filter, filters
from sandbox.meta_ads.sent import Parameters, decoded, is_number, listed

Range = tuple[date, date]

LEVELS = ("account", "campaign", "adset", "ad")
MONTHS = 37
FOREVER = 10_000
SORTED = re.compile(r"(spend|impressions|clicks|reach|date_start)_(ascending|descending)")


@dataclass(frozen=True)
class Query:
    """An insights request. `increment` is a number of days, None one row over the range."""

    fields: tuple[str, ...]
    level: str
    ranges: tuple[Range, ...]
    increment: int | str | None
    windows: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    sort: str | None = None

    def spans(self) -> list[Range]:
        """The first and last day of every row, in order."""
        return [span for since, until in self.ranges for span in presets.cut(since, until, self.increment)]


def read(sent: Parameters, today: date, *, level: str) -> Query:
    """Understand a request, or raise `GraphError`; `level` is the one of the node that was asked."""
    chosen = sent.get("level") or level
    if chosen not in LEVELS:
        raise errors.bad_parameter(f"level must be one of the following values: {', '.join(sorted(LEVELS))}")
    for name, usual in (("breakdowns", ()), ("action_breakdowns", ("action_type",))):
        if sent.get(name) and any(each not in usual for each in listed(sent, name)):
            raise errors.no_breakdown()
    ranges, increment = _ranges(sent, today), _increment(sent)
    return Query(
        fields=_fields(sent),
        level=chosen,
        ranges=ranges,
        increment=None if sent.get("time_ranges") else increment,
        windows=_windows(sent),
        filters=filters(sent, chosen),
        sort=_sort(sent),
    )


def _fields(sent: Parameters) -> tuple[str, ...]:
    names = listed(sent, "fields")
    for name in names:
        if name not in KNOWN and name not in EMPTY:
            raise errors.bad_insights_field(name)
    return tuple(dict.fromkeys((*names, *ALWAYS))) if names else (*DEFAULT, *ALWAYS)


def _windows(sent: Parameters) -> tuple[str, ...]:
    names = listed(sent, "action_attribution_windows")
    for position, name in enumerate(names):
        if name not in WINDOWS and name not in SILENT:
            known = ", ".join((*WINDOWS, *SILENT))
            raise errors.bad_parameter(
                f"action_attribution_windows[{position}] must be one of the following values: {known}"
            )
    return tuple(names)


def _ranges(sent: Parameters, today: date) -> tuple[Range, ...]:
    if sent.get("time_ranges"):
        given = decoded(sent, "time_ranges")
        if not isinstance(given, list) or not given:
            raise errors.bad_parameter("param time_ranges must be a non-empty array")
        return tuple(_range(each, "time_ranges", today) for each in given)
    if sent.get("time_range"):
        return (_range(decoded(sent, "time_range"), "time_range", today),)
    preset = sent.get("date_preset", "last_30d")
    found = presets.days(preset, today, oldest=presets.months_before(today, MONTHS))
    if found is None:
        raise errors.bad_parameter(
            f"date_preset must be one of the following values: {', '.join(presets.NAMES)}"
        )
    return (found,)


def _range(given: Any, name: str, today: date) -> Range:
    if not isinstance(given, dict):
        raise errors.bad_parameter(f"param {name} must be an object with since and until")
    days = []
    for end in ("since", "until"):
        text = given.get(end)
        try:
            days.append(date.fromisoformat(text if isinstance(text, str) and len(text) == 10 else ""))
        except ValueError:
            message = f"Must be a date representation in the format YYYY-MM-DD: param {name}[{end}]"
            raise errors.bad_parameter(message) from None
    since, until = days
    if since > until:
        raise errors.bad_parameter(f"param {name}: since must not be after until")
    if since < presets.months_before(today, MONTHS):
        raise errors.too_far_back()
    return since, until


def _increment(sent: Parameters) -> int | str | None:
    text = sent.get("time_increment", "all_days")
    if text in ("all_days", "monthly"):
        return None if text == "all_days" else text
    if not is_number(text) or not 1 <= int(text) <= 90:
        raise errors.bad_parameter("time_increment must be between 1 and 90, monthly or all_days")
    return int(text)


def _sort(sent: Parameters) -> str | None:
    names = listed(sent, "sort")
    if not names:
        return None
    if len(names) > 1 or not SORTED.fullmatch(names[0]):
        raise errors.bad_parameter(f"param sort cannot be {', '.join(names)}")
    return names[0]
