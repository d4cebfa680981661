"""JSON as it was sent: reading it, and the one text in which a document is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

# A number with more digits than a double holds, or an integer beyond 64 bits, may be in here.
_LONG_NUMBER = re.compile(rb"[\[:,\s]-?\d[\d.]{15,}")


def parse(text: bytes) -> Any:
    """JSON, also with the lone surrogates that orjson refuses; raises ValueError for anything else."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def parse_exactly(text: bytes) -> Any:
    """Like `parse`, and numbers that Python's own do not hold keep their digits for `canonical`."""
    if _LONG_NUMBER.search(text):
        return json.loads(text, parse_float=_number, parse_int=_integer)
    return parse(text)


def parse_if_json(text: bytes) -> Any:
    """The same for an answer that may be anything; None where it is no JSON."""
    try:
        return parse_exactly(text)
    except ValueError:
        return None


def canonical(document: dict[str, Any]) -> bytes:
    """The one text of a document: keys sorted, no blanks."""
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return json.dumps(document, sort_keys=True, separators=(",", ":"), default=_nearest).encode()


def _number(text: str) -> float | orjson.Fragment:
    found = float(text)
    return found if repr(found) == text else orjson.Fragment(text)


def _integer(text: str) -> int | orjson.Fragment:
    found = int(text)
    return found if -(2**63) <= found < 2**64 else orjson.Fragment(text)


def _nearest(value: Any) -> float:
    """The double that stands for kept digits where orjson cannot write the document at all."""
    if isinstance(value, orjson.Fragment):
        return float(orjson.dumps(value))
    raise TypeError(f"{type(value).__name__} is no JSON")
