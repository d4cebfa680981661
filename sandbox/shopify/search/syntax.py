"""Search text to a tree of terms.

An unquoted value ends at a colon. What follows is read as the next term, so that an unquoted date-time
silently becomes a coarser bound and a filter on a field called `00`: the vendor reports it as a mere warning.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Comparator = Literal[":", ">", ">=", "<", "<="]
TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s])) | (?P<colon>:)
    | (?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<compare>>=|<=|>|<|=)
    | (?P<word>[^\s():'"<>=]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """`field:comparator value`; a bare word searches the field `default`."""

    field: str
    comparator: Comparator
    value: str
    quoted: bool = False


@dataclass(frozen=True)
class Group:
    """Terms joined by `and` or `or`, or one negated by `not`."""

    kind: Literal["and", "or", "not"]
    parts: tuple["Expression", ...]


Expression = Term | Group


@lru_cache(maxsize=1024)
def parse_search(text: str) -> Expression | None:
    """The tree of `text`, or None where it holds no term."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = [(match.lastgroup or "", match[0].strip()) for match in TOKEN.finditer(text)]
        self.place = 0

    def parse(self) -> Expression | None:
        parts = []
        while self.place < len(self.tokens):
            part = self._either()
            if part is None:
                self.place += 1  # a stray closing bracket or comparator
            else:
                parts.append(part)
        return _group("and", parts)

    def _peek(self, ahead: int = 0) -> tuple[str, str]:
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else ("end", "")

    def _either(self) -> Expression | None:
        parts = [self._all()]
        while self._peek() == ("word", "OR"):
            self.place += 1
            parts.append(self._all())
        return _group("or", [part for part in parts if part is not None])

    def _all(self) -> Expression | None:
        parts = []
        while True:
            if self._peek() == ("word", "AND"):
                self.place += 1
                continue
            if self._peek() == ("word", "OR"):
                break
            part = self._one()
            if part is None:
                break
            parts.append(part)
        return _group("and", parts)

    def _one(self) -> Expression | None:
        kind, text = self._peek()
        if kind == "minus" or (kind, text) == ("word", "NOT"):
            self.place += 1
            part = self._one()
            return None if part is None else Group("not", (part,))
        if kind == "open":
            self.place += 1
            part = self._either()
            if self._peek()[0] == "close":
                self.place += 1
            return part
        if kind == "colon":  # left over from a value that ended at it
            self.place += 1
            return self._one()
        return self._term() if kind in ("word", "quoted") else None

    def _term(self) -> Term:
        kind, text = self._peek()
        self.place += 1
        if kind == "quoted":
            return Term("default", ":", _unquote(text), quoted=True)
        if self._peek()[0] != "colon":
            return Term("default", ":", text)
        self.place += 1
        comparator: Comparator = ":"
        if self._peek()[0] == "compare":
            sign = self._peek()[1]
            comparator = ":" if sign == "=" else sign  # type: ignore[assignment]
            self.place += 1
        return self._value(text, comparator)

    def _value(self, name: str, comparator: Comparator) -> Term:
        minus = ""
        if self._peek()[0] == "minus":
            minus = "-"
            self.place += 1
        kind, text = self._peek()
        if kind not in ("word", "quoted"):
            return Term(name, comparator, "")
        self.place += 1
        if kind == "quoted":
            return Term(name, comparator, _unquote(text), quoted=True)
        return Term(name, comparator, minus + text)


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _group(kind: Literal["and", "or"], parts: list[Expression]) -> Expression | None:
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return Group(kind, tuple(parts))
