"""Query strings as PHP reads them: the last of a name wins, `name[]` and `name[key]` are arrays."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

NAME = re.compile(r"^([^\[]+)((?:\[[^\]]*\])*)$")
KEY = re.compile(r"\[([^\]]*)\]")

Parameters = dict[str, Any]


def read(query: str) -> Parameters:
    """The parameters of a query string; arrays are dicts by key, as PHP's are."""
    found: Parameters = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        matched = NAME.match(name.replace(".", "_").replace(" ", "_"))
        if matched:
            _put(found, [matched[1], *KEY.findall(matched[2])], value)
    return found


def write(parameters: Parameters) -> str:
    """The query string that says the same."""
    return urlencode(flat(parameters))


def flat(parameters: Parameters, prefix: str = "") -> list[tuple[str, str]]:
    """Names with their keys in brackets, and values."""
    pairs: list[tuple[str, str]] = []
    for key, value in parameters.items():
        name = f"{prefix}[{key}]" if prefix else key
        if isinstance(value, dict):
            pairs += flat(value, name)
        else:
            pairs.append((name, value))
    return pairs


def _put(found: Parameters, keys: list[str], value: str) -> None:
    *way, last = keys
    for key in way:
        name = key or str(len(found))
        inner = found.get(name)
        if not isinstance(inner, dict):
            inner = found[name] = {}
        found = inner
    found[last or str(len(found))] = value
