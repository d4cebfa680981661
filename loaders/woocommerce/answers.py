"""What a shop's answer says: JSON, JSON behind what PHP printed, or no JSON at all."""

from __future__ import annotations

import html
import re
from typing import Any

from loaders.common.texts import parse_exactly

_TAG = re.compile(r"<[^>]*>")
_TAG_WITHIN_WORDS = re.compile(r"</?(?:a|b|code|em|i|span|strong)\b[^>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# Where JSON may begin behind it: after a tag or on a line of its own. What looks like it and is no JSON to
# the end of the answer ends the search: in an answer that was cut off, a part could pass for the whole.
_OPENING = re.compile(rb'[>\n]\s*(?=\[\s*[\[{"\]\d-]|\{\s*["}])')
# PHP prints its notices in HTML, or as plain lines.
_PRINTED = re.compile(
    rb"<(?!!doctype|html|head|\?xml)|(php |fatal |parse )?(notice|warning|deprecated|error|strict)\b",
    re.IGNORECASE,
)
_BOM = b"\xef\xbb\xbf"
# Where JSON is looked for behind a notice; what plugins print is short.
_FARTHEST = 65_536


class NoJson(ValueError):
    """An answer has no JSON in it, or none that could be told apart from what is around it."""


def read(content: bytes) -> tuple[Any, str | None]:
    """The JSON of an answer, and the first words of what was printed before it, if anything.

    What PHP prints before the JSON is left out where it begins like PHP's notices and all that follows it,
    to the end of the answer, is one JSON list or object. Anything less clear raises NoJson.
    """
    text = content.removeprefix(_BOM).strip()
    try:
        return parse_exactly(text), None
    except ValueError:
        pass
    opening = _OPENING.search(text, 0, _FARTHEST) if _PRINTED.match(text) else None
    if opening is None:
        raise NoJson
    try:
        return parse_exactly(text[opening.end() :]), words(text[: opening.end()])
    except ValueError:
        raise NoJson from None


def words(content: bytes, *, most: int = 100) -> str:
    """The first words of a text or an HTML page, on one line."""
    text = _TAG_WITHIN_WORDS.sub("", content[:_FARTHEST].decode("utf-8", "replace"))
    text = html.unescape(_TAG.sub(" ", text))
    line = _BLANKS.sub(" ", "".join(one if one.isprintable() else " " for one in text)).strip()
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def is_page(content: bytes) -> bool:
    """Whether an answer is a web page rather than an API's."""
    return content.lstrip()[:1] == b"<"
