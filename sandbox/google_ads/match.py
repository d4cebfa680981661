"""Does a value fit a condition?"""

import re
from collections.abc import Callable
from typing import Any

from sandbox.google_ads.catalogue import FIELDS
from sandbox.google_ads.gaql import Condition

ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
WILDCARDS = {"%": ".*", "_": "."}


def fits(condition: Condition, value: Any) -> bool:
    """Whether a row with this value at the condition's field is kept; None is not set."""
    operator, texts = condition.operator, condition.values
    if operator in ("IS NULL", "IS NOT NULL"):
        return (value in (None, "", [])) == (operator == "IS NULL")
    if value is None:
        return operator in ("!=", "NOT IN", "NOT LIKE", "NOT REGEXP_MATCH", "CONTAINS NONE")
    if operator.startswith("CONTAINS"):
        return _contains(operator, value, texts)
    if operator.removeprefix("NOT ") in ("LIKE", "REGEXP_MATCH"):
        return _matches(operator, str(value), texts[0])
    return _compares(condition, value)


def _compares(condition: Condition, value: Any) -> bool:
    operator, texts = condition.operator, condition.values
    here, wanted = _comparable(condition.field, value), [_comparable(condition.field, text) for text in texts]
    if operator == "BETWEEN":
        return bool(wanted[0] <= here <= wanted[1])
    if operator in ("IN", "NOT IN"):
        return (here in wanted) == (operator == "IN")
    return ORDERED[operator](here, wanted[0])


def _comparable(path: str, value: Any) -> Any:
    field = FIELDS[path]
    if field.is_number:
        return float(value)
    if field.kind == "bool":
        return str(value).lower()
    if field.path == "segments.date" and len(str(value)) == 8:
        return f"{value[:4]}-{value[4:6]}-{value[6:]}"
    return str(value)


def _contains(operator: str, value: list[str], wanted: tuple[str, ...]) -> bool:
    having = [text in value for text in wanted]
    return {"CONTAINS ANY": any(having), "CONTAINS ALL": all(having), "CONTAINS NONE": not any(having)}[
        operator
    ]


def _matches(operator: str, value: str, pattern: str) -> bool:
    if operator.endswith("LIKE"):
        escaped = re.sub(r"\[(.)\]|(%|_)|(.)", _like, pattern, flags=re.DOTALL)
        found = re.fullmatch(escaped, value, re.IGNORECASE | re.DOTALL)
    else:
        found = re.fullmatch(pattern, value)
    return (found is not None) != operator.startswith("NOT ")


def _like(part: "re.Match[str]") -> str:
    literal, wildcard, other = part.groups()
    return WILDCARDS[wildcard] if wildcard else re.escape(literal or other)
