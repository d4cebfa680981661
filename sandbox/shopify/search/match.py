"""What a search finds: its terms turned into one predicate over the business's objects.

A field the connection does not know, or a value it does not accept, is left out with a warning: too many
rows come back, and no error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Literal

from sandbox.shopify.engine.errors import bad_request
from sandbox.shopify.search.syntax import Expression, Group, Term, parse_search
from sandbox.shopify.search.times import parse_time

Kind = Literal["string", "text", "time", "id", "number", "boolean", "list", "without"]
Predicate = Callable[[Any], bool]
RANGES = {":": "match_all", ">": "range_gt", ">=": "range_gte", "<": "range_lt", "<=": "range_lte"}


@dataclass(frozen=True)
class Field:
    """A search key of a connection: how its value is read and compared."""

    kind: Kind
    get: Callable[[Any], Any]
    accepted: frozenset[str] | None = None


@dataclass
class Search:
    """A compiled search: whom it matches, the bounds it sets, and what the vendor would warn about."""

    match: Predicate
    bounds: dict[str, list[Any]] = field(default_factory=dict)  # field -> [lowest, highest] or None
    warnings: list[dict[str, str]] = field(default_factory=list)
    parsed: dict[str, Any] = field(default_factory=dict)


def everything(_: Any) -> bool:
    """The predicate of no search at all."""
    return True


def compile_search(
    text: str | None,
    fields: Mapping[str, Field],
    *,
    zone: tzinfo,
    now: datetime,
    whole_days: bool = False,
) -> Search:
    """The search that `text` asks for over objects with `fields`.

    With `whole_days` a time means its whole day on the shop's clock, whatever the comparator.
    """
    expression = parse_search(text or "")
    if expression is None:
        return Search(everything)
    compiler = _Compiler(fields, zone, now, whole_days=whole_days)
    match, parsed = compiler.build(expression)
    search = Search(match or everything, warnings=compiler.warnings, parsed=parsed)
    conjunction = (
        expression.parts if isinstance(expression, Group) and expression.kind == "and" else (expression,)
    )
    for part in conjunction:
        if isinstance(part, Term):
            compiler.narrow(part, search.bounds)
    return search


class _Compiler:
    def __init__(self, fields: Mapping[str, Field], zone: tzinfo, now: datetime, *, whole_days: bool) -> None:
        self.whole_days = whole_days
        self.fields = fields
        self.zone = zone
        self.now = now
        self.warnings: list[dict[str, str]] = []

    def build(self, expression: Expression) -> tuple[Predicate | None, dict[str, Any]]:
        if isinstance(expression, Term):
            return self._term(expression)
        built = [self.build(part) for part in expression.parts]
        parsed = [each for _, each in built]
        predicates = [predicate for predicate, _ in built if predicate is not None]
        if expression.kind == "not":
            inner = predicates[0] if predicates else None
            return (None if inner is None else lambda each: not inner(each)), {"not": parsed[0]}
        if not predicates:
            return None, {expression.kind: parsed}
        join = _all if expression.kind == "and" else _any
        return join(predicates), {expression.kind: parsed}

    def narrow(self, term: Term, bounds: dict[str, list[Any]]) -> None:
        """Note the range that a term of the outermost conjunction sets on its field."""
        known = self.fields.get(term.field)
        if known is None or known.kind not in ("time", "id"):
            return
        value = self._value(term, known)
        if value is None or value == "*":
            return
        low, high = value if isinstance(value, tuple) else (value, value)
        limits = bounds.setdefault(term.field, [None, None])
        if term.comparator in (":", ">", ">="):
            limits[0] = low if limits[0] is None else max(limits[0], low)
        if term.comparator in (":", "<", "<="):
            ceiling = high if term.comparator == ":" else low
            limits[1] = ceiling if limits[1] is None else min(limits[1], ceiling)

    def _term(self, term: Term) -> tuple[Predicate | None, dict[str, Any]]:
        known = self.fields.get(term.field)
        shown: Any = term.value
        predicate: Predicate | None = None
        if known is None:
            self._warn(term.field, "Invalid search field for this query.", "invalid_field")
        else:
            value = self._value(term, known)
            if value is not None:
                predicate = _compare(
                    known, term.comparator, value, exists=term.value == "*" and not term.quoted
                )
                if known.kind == "time" and isinstance(value, tuple):
                    shown = value[0].astimezone(self.zone).isoformat()
        return predicate, {"field": term.field, RANGES[term.comparator]: shown}

    def _value(self, term: Term, known: Field) -> Any:
        text = term.value
        if text == "*" and not term.quoted:
            return "*"
        if known.kind == "time":
            span = parse_time(text, self.zone, now=self.now)
            if span is None:
                raise bad_request(f"Invalid timestamp for query filter `{term.field}`.")
            return self._days(term, span) if self.whole_days else span
        if known.kind in ("id", "number"):
            return self._number(term, known)
        if known.kind == "boolean":
            return text.lower() == "true"
        if known.accepted is not None and text.lower() not in known.accepted:
            self._warn(term.field, f"Input `{text}` is not an accepted value.", "invalid_value")
            return None
        return text.lower()

    def _days(self, term: Term, span: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
        first = span[0].astimezone(self.zone).replace(hour=0, minute=0, second=0)
        after = first + timedelta(days=1)
        # Later than a day begins with the next one; up to a day includes its last second.
        start = {">": after - timedelta(seconds=1), "<=": after - timedelta(seconds=1)}.get(
            term.comparator, first
        )
        return start.astimezone(UTC), after.astimezone(UTC)

    def _number(self, term: Term, known: Field) -> Any:
        try:
            return int(term.value.rsplit("/", 1)[-1]) if known.kind == "id" else float(term.value)
        except ValueError:
            self._warn(term.field, f"Input `{term.value}` is not an accepted value.", "invalid_value")
            return None

    def _warn(self, name: str, message: str, code: str) -> None:
        warning = {"field": name, "message": message, "code": code}
        if warning not in self.warnings:
            self.warnings.append(warning)


def _all(predicates: list[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]
    if len(predicates) == 2:
        first, second = predicates
        return lambda each: first(each) and second(each)
    return lambda each: all(predicate(each) for predicate in predicates)


def _any(predicates: list[Predicate]) -> Predicate:
    return lambda each: any(predicate(each) for predicate in predicates)


def _compare(known: Field, comparator: str, value: Any, *, exists: bool) -> Predicate:
    get = known.get
    if exists:
        return lambda each: get(each) not in (None, "", (), [])
    match known.kind:
        case "time":
            compare = _compare_time(get, comparator, value)
        case "id" | "number":
            compare = _ordered(get, comparator, value)
        case _:
            compare = _equal(known.kind, get, value)
    return compare


def _equal(kind: Kind, get: Callable[[Any], Any], value: Any) -> Predicate:
    match kind:
        case "boolean":
            return lambda each: bool(get(each)) is value
        case "list":
            return lambda each: any(_fits(one.lower(), value) for one in get(each))
        case "without":
            return lambda each: not any(_fits(one.lower(), value) for one in get(each))
        case "text":
            words = [word.rstrip("*") for word in value.split()]
            return lambda each: all(word in get(each).lower() for word in words)
        case _:
            return lambda each: (found := get(each)) is not None and _fits(str(found).lower(), value)


def _fits(found: str, wanted: str) -> bool:
    return found.startswith(wanted[:-1]) if wanted.endswith("*") else found == wanted


def _compare_time(get: Callable[[Any], Any], comparator: str, span: tuple[datetime, datetime]) -> Predicate:
    start, end = span
    if comparator == ":":
        return lambda each: (found := get(each)) is not None and start <= found < end
    return _ordered(get, comparator, start)


def _ordered(get: Callable[[Any], Any], comparator: str, value: Any) -> Predicate:
    if comparator == ">=":
        return lambda each: (found := get(each)) is not None and found >= value
    if comparator == ">":
        return lambda each: (found := get(each)) is not None and found > value
    if comparator == "<=":
        return lambda each: (found := get(each)) is not None and found <= value
    if comparator == "<":
        return lambda each: (found := get(each)) is not None and found < value
    return lambda each: get(each) == value
