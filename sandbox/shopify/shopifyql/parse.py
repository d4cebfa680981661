"""ShopifyQL text to a query. What cannot be read is a list of sentences, as the vendor answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

WORD = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s,=]+|[,=]")
GRAINS = ("day", "week", "month", "quarter", "year")
CLAUSES = [
    "FROM",
    "SHOW",
    "WHERE",
    "GROUP",
    "TIMESERIES",
    "WITH",
    "SINCE",
    "UNTIL",
    "DURING",
    "COMPARE",
    "ORDER",
    "LIMIT",
    "VISUALIZE",
]


class NotReadable(Exception):
    """The query has errors; `sentences` are the vendor's parseErrors."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences[0])
        self.sentences = list(sentences)


@dataclass
class Query:
    """A read query. Days are inclusive at both ends; None is open."""

    table: str = ""
    measures: list[str] = field(default_factory=list)
    where: list[tuple[str, str]] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    timeseries: str | None = None
    since: date | None = None
    until: date | None = None
    order_by: list[tuple[str, bool]] = field(default_factory=list)  # column, descending
    limit: int | None = None
    offset: int = 0


def parse(text: str, today: date) -> Query:
    """Read `text`; `today` is the shop's local day."""
    words = WORD.findall(text)
    if not words:
        raise NotReadable("Query is empty.")
    query = Query()
    for clause, rest in _clauses(words):
        if clause not in _READERS:
            raise NotReadable(f"Clause `{clause}` is not supported by the practice shop.")
        _READERS[clause](query, rest, today)
    if not query.table:
        raise NotReadable("Missing `FROM` clause.")
    if not query.measures:
        raise NotReadable("Missing `SHOW` clause.")
    return query


def _clauses(words: list[str]) -> list[tuple[str, list[str]]]:
    clauses: list[tuple[str, list[str]]] = []
    for word in words:
        if word.upper() in CLAUSES and not word.startswith(("'", '"')):
            clauses.append((word.upper(), []))
        elif not clauses:
            raise NotReadable(f"Unexpected input `{word}`. Expected `FROM`.")
        else:
            clauses[-1][1].append(word)
    return clauses


def _names(rest: list[str]) -> list[str]:
    return [word.lower() for word in rest if word != ","]


def _from(query: Query, rest: list[str], _: date) -> None:
    query.table = rest[0].lower() if rest else ""
    if query.table != "sales":
        raise NotReadable(f"Table `{query.table}` not found.")


def _show(query: Query, rest: list[str], _: date) -> None:
    query.measures = _names(rest)


def _where(query: Query, rest: list[str], _: date) -> None:
    terms = [word for word in rest if word.upper() != "AND"]
    if len(terms) % 3 or any(sign != "=" for sign in terms[1::3]):
        raise NotReadable("`WHERE` takes `column = value`, joined by `AND`.")
    query.where = [(name.lower(), _text(value)) for name, value in zip(terms[::3], terms[2::3], strict=True)]


def _group(query: Query, rest: list[str], _: date) -> None:
    if rest and rest[0].upper() == "BY":
        rest = rest[1:]
    query.dimensions = _names(rest)


def _timeseries(query: Query, rest: list[str], _: date) -> None:
    grain = rest[0].lower() if rest else ""
    if grain not in GRAINS:
        raise NotReadable(f"`TIMESERIES` takes one of {', '.join(GRAINS)}, not `{grain}`.")
    query.timeseries = grain


def _since(query: Query, rest: list[str], today: date) -> None:
    query.since = _day(rest, today)


def _until(query: Query, rest: list[str], today: date) -> None:
    query.until = _day(rest, today)


def _during(query: Query, rest: list[str], today: date) -> None:
    word = _text(rest[0]).lower() if rest else ""
    first = today.replace(day=1)
    last_month = (first - timedelta(days=1)).replace(day=1)
    spans = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "this_month": (first, today),
        "last_month": (last_month, first - timedelta(days=1)),
        "this_year": (today.replace(month=1, day=1), today),
    }
    if word not in spans:
        raise NotReadable(f"Invalid date range `{word}`.")
    query.since, query.until = spans[word]


def _order(query: Query, rest: list[str], _: date) -> None:
    words = rest[1:] if rest and rest[0].upper() == "BY" else rest
    for word in words:
        if word.upper() in ("ASC", "DESC") and query.order_by:
            query.order_by[-1] = (query.order_by[-1][0], word.upper() == "DESC")
        elif word != ",":
            query.order_by.append((word.lower(), False))


def _limit(query: Query, rest: list[str], _: date) -> None:
    match [word.upper() for word in rest]:
        case [count] if count.isdigit():
            query.limit = int(count)
        case [count, "OFFSET", skipped] if count.isdigit() and skipped.isdigit():
            query.limit, query.offset = int(count), int(skipped)
        case _:
            raise NotReadable("`LIMIT` takes a number, and `OFFSET` another.")


_READERS: dict[str, Callable[[Query, list[str], date], None]] = {
    "FROM": _from,
    "SHOW": _show,
    "WHERE": _where,
    "GROUP": _group,
    "TIMESERIES": _timeseries,
    "SINCE": _since,
    "UNTIL": _until,
    "DURING": _during,
    "ORDER": _order,
    "LIMIT": _limit,
}


def _text(word: str) -> str:
    return word[1:-1] if word[:1] in "'\"" else word


def _day(rest: list[str], today: date) -> date:
    word = _text(rest[0]).lower() if rest else ""
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    back = re.match(r"-(\d+)([dwmy])$", word)
    if back:
        days = {"d": 1, "w": 7, "m": 30, "y": 365}[back[2]]
        return today - timedelta(days=int(back[1]) * days)
    try:
        return date.fromisoformat(word[:10])
    except ValueError:
        raise NotReadable(f"Invalid date `{word}`.") from None
