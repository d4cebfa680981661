"""The pieces that a query of Google Ads is written in: words, numbers, texts, signs."""

import re
from typing import NamedTuple

from sandbox.google_ads.errors import AdsFailure, query_error

TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<number>-?\d+(?:\.\d+)?(?![\w.]))
    | (?P<word>[A-Za-z_][\w.]*)
    | (?P<sign>!=|>=|<=|[=<>(),])
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a query; `value` of a text is what stands between its quotes."""

    kind: str
    value: str


def tokens(text: str) -> list[Token]:
    """All pieces of a query, or `AdsFailure`."""
    found, place, end = [], 0, len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            rest = text[place:].lstrip()
            if rest[0] in "'\"":
                raise query_error("STRING_NOT_TERMINATED", "Error in query: string is not terminated.")
            raise unexpected(rest.split()[0])
        kind = match.lastgroup or ""
        value = match[kind]
        found.append(Token(kind, re.sub(r"\\(.)", r"\1", value[1:-1]) if kind == "text" else value))
        place = match.end()
    return found


def unexpected(what: str) -> AdsFailure:
    """Something stands where it cannot."""
    return query_error("UNEXPECTED_INPUT", f"Error in query: unexpected input {what}.")
