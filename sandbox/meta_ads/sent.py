"""Parameters as they are sent: all of them texts, some of them JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from sandbox.meta_ads import errors

Parameters = Mapping[str, str]


def decoded(sent: Parameters, name: str) -> Any:
    """A parameter that is JSON; single quotes will do, as they do there."""
    text = sent[name]
    for attempt in (text, text.replace("'", '"')):
        try:
            return orjson.loads(attempt)
        except orjson.JSONDecodeError:
            continue
    raise errors.bad_parameter(f"param {name} must be valid JSON")


def listed(sent: Parameters, name: str) -> list[str]:
    """A list: JSON, or separated by commas."""
    text = sent.get(name, "").strip()
    if not text.startswith("["):
        return [each.strip() for each in text.split(",") if each.strip()]
    value = decoded(sent, name)
    return [str(each) for each in value]


def objects(sent: Parameters, name: str) -> list[dict[str, Any]]:
    """A parameter that is a list of objects."""
    value = decoded(sent, name)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise errors.bad_parameter(f"param {name} must be an array of objects")
    return value


def is_number(text: str) -> bool:
    """Whether a text is a whole number of a usual size."""
    return text.isascii() and text.isdigit() and len(text) < 19


def page_size(sent: Parameters, usual: int = 25) -> int:
    """`limit`."""
    text = sent.get("limit", str(usual))
    if not is_number(text) or int(text) < 1:
        raise errors.bad_parameter("param limit must be an integer greater than 0")
    return int(text)
