"""Conditions on rows of a report: on what they count, or on what they are of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.meta_ads import errors
from sandbox.meta_ads.fields import Row
from sandbox.meta_ads.nodes import effective_status
from sandbox.meta_ads.sent import Parameters, objects

PARTS = {"campaign": "campaign", "adset": "group", "ad": "ad"}
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "EQUAL": lambda given, wanted: given == wanted,
    "NOT_EQUAL": lambda given, wanted: given != wanted,
    "GREATER_THAN": lambda given, wanted: given > wanted,
    "LESS_THAN": lambda given, wanted: given < wanted,
    "IN": lambda given, wanted: given in wanted,
    "NOT_IN": lambda given, wanted: given not in wanted,
    "CONTAIN": lambda given, wanted: wanted in given,
    "NOT_CONTAIN": lambda given, wanted: wanted not in given,
}
OPERATORS = tuple(TESTS)
COMPARED = OPERATORS[:4]
COUNTS = ("impressions", "clicks", "spend")
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
FILTERED = re.compile(r"(?:(campaign|adset|ad)\.)?(id|name|impressions|clicks|spend|effective_status)")


@dataclass(frozen=True)
class Filter:
    """A condition on a row: a count of it, or what it is of."""

    part: str
    name: str
    operator: str
    value: Any


def filters(sent: Parameters, level: str) -> tuple[Filter, ...]:
    """The conditions of a request, or `GraphError`; `level` is what a field without a part is of."""
    if not sent.get("filtering"):
        return ()
    found = []
    for each in objects(sent, "filtering"):
        name, operator = (str(each.get(key, "")) for key in ("field", "operator"))
        matched = FILTERED.fullmatch(name)
        if matched is None or operator not in OPERATORS:
            raise errors.bad_parameter(f"Filtering field {name} with operation {operator} is not supported")
        if not _fits(matched[2], operator, each.get("value")):
            raise errors.bad_parameter(f"Filtering field {name} with operation {operator}: invalid value")
        found.append(Filter(matched[1] or level, matched[2], operator, each.get("value")))
    return tuple(found)


def passes(row: Row, one: Filter) -> bool:
    """Whether a row meets a condition."""
    if one.name in COUNTS:
        return TESTS[one.operator](measure(row, one.name), Decimal(str(one.value)))
    part = getattr(row.tally.place, PARTS.get(one.part, "campaign"))
    if part is None:
        return False
    if one.name == "effective_status":
        return TESTS[one.operator](effective_status(row.tally.place, PARTS[one.part]), one.value)
    return TESTS[one.operator](getattr(part, one.name), one.value)


def measure(row: Row, name: str) -> Any:
    """What a row counts, or its first day."""
    if name == "date_start":
        return row.since
    if name == "reach":
        return row.reach
    return row.tally.cost if name == "spend" else getattr(row.tally, name)


def _fits(name: str, operator: str, value: Any) -> bool:
    """Whether a value can be compared so: numbers with numbers, a text with a text or a list of them."""
    if operator in ("IN", "NOT_IN"):
        return isinstance(value, list) and name not in COUNTS
    if name in COUNTS:
        return operator in COMPARED and NUMBER.fullmatch(str(value)) is not None
    return isinstance(value, str)
