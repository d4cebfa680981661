"""Filters of a report, as tests of one value by the name of its field."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.google.errors import invalid_argument
from sandbox.google.transcoding import Message

Value = Callable[[str], Any]
Test = Callable[[Value], bool]

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "EQUAL": lambda a, b: a == b,
    "LESS_THAN": lambda a, b: a < b,
    "LESS_THAN_OR_EQUAL": lambda a, b: a <= b,
    "GREATER_THAN": lambda a, b: a > b,
    "GREATER_THAN_OR_EQUAL": lambda a, b: a >= b,
}
MATCH: dict[str, Callable[[str, str], bool]] = {
    "EXACT": lambda value, wanted: value == wanted,
    "BEGINS_WITH": lambda value, wanted: value.startswith(wanted),
    "ENDS_WITH": lambda value, wanted: value.endswith(wanted),
    "CONTAINS": lambda value, wanted: wanted in value,
}


def test_of(expression: Message) -> Test:
    """The test that a filter expression stands for; an empty one lets everything through."""
    if "and_group" in expression:
        tests = [test_of(one) for one in expression["and_group"].get("expressions", [])]
        return lambda value: all(test(value) for test in tests)
    if "or_group" in expression:
        tests = [test_of(one) for one in expression["or_group"].get("expressions", [])]
        return lambda value: any(test(value) for test in tests)
    if "not_expression" in expression:
        inner = test_of(expression["not_expression"])
        return lambda value: not inner(value)
    return _single(expression["filter"]) if "filter" in expression else lambda _: True


def _single(sent: Message) -> Test:
    name = sent.get("field_name", "")
    for kind, make in KINDS.items():
        if kind in sent:
            test = make(sent[kind])
            return lambda value: test(value(name))
    raise invalid_argument(f"The filter of field {name} needs one of {', '.join(KINDS)}.")


def _string(sent: Message) -> Callable[[Any], bool]:
    wanted, strict = sent.get("value", ""), sent.get("case_sensitive", False)
    kind = sent.get("match_type", "EXACT")
    if kind.endswith("REGEXP"):
        try:
            pattern = re.compile(wanted, 0 if strict else re.IGNORECASE)
        except re.error:
            raise invalid_argument(f"Invalid regular expression: {wanted}") from None
        search = pattern.fullmatch if kind == "FULL_REGEXP" else pattern.search
        return lambda value: search(str(value)) is not None
    match = MATCH.get(kind, MATCH["EXACT"])
    return lambda value: match(_cased(value, strict), _cased(wanted, strict))


def _in_list(sent: Message) -> Callable[[Any], bool]:
    strict = sent.get("case_sensitive", False)
    wanted = {_cased(one, strict) for one in sent.get("values", [])}
    return lambda value: _cased(value, strict) in wanted


def _numeric(sent: Message) -> Callable[[Any], bool]:
    wanted, compare = _number(sent.get("value", {})), COMPARE.get(sent.get("operation", ""))
    if compare is None:
        raise invalid_argument("A numericFilter needs an operation.")
    return lambda value: (number := _as_number(value)) is not None and compare(number, wanted)


def _between(sent: Message) -> Callable[[Any], bool]:
    low, high = _number(sent.get("from_value", {})), _number(sent.get("to_value", {}))
    return lambda value: (number := _as_number(value)) is not None and low <= number <= high


def _empty(_: Message) -> Callable[[Any], bool]:
    return lambda value: value in ("", "(not set)")


def _cased(value: Any, strict: bool) -> str:
    return str(value) if strict else str(value).lower()


def _number(sent: Message) -> float:
    return float(sent["int64_value"] if "int64_value" in sent else sent.get("double_value", 0))


def _as_number(value: Any) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


KINDS: dict[str, Callable[[Message], Callable[[Any], bool]]] = {
    "string_filter": _string,
    "in_list_filter": _in_list,
    "numeric_filter": _numeric,
    "between_filter": _between,
    "empty_filter": _empty,
}
