"""The Google Ads Query Language, read from text: SELECT, FROM, WHERE, ORDER BY, LIMIT, PARAMETERS."""

from dataclasses import dataclass
from typing import NamedTuple

from sandbox.google_ads.errors import query_error
from sandbox.google_ads.tokens import Token, tokens, unexpected

SINGLE = ("=", "!=", ">", ">=", "<", "<=", "LIKE", "NOT LIKE", "REGEXP_MATCH", "NOT REGEXP_MATCH", "DURING")
LISTS = ("IN", "NOT IN", "CONTAINS ANY", "CONTAINS ALL", "CONTAINS NONE")
WORDS = ("IS NOT NULL", "IS NULL", "NOT LIKE", "NOT IN", "NOT REGEXP_MATCH", *LISTS[2:])
PARAMETERS = ("include_drafts", "omit_unselected_resource_names")


class Condition(NamedTuple):
    """`field operator values`, all of them as text."""

    field: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A query that is well formed; whether its fields exist is another question."""

    fields: tuple[str, ...]
    resource: str
    conditions: tuple[Condition, ...] = ()
    orders: tuple[tuple[str, bool], ...] = ()  # field, descending
    limit: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()


def parse(text: str) -> Query:
    """The query, or `AdsFailure`."""
    return _Parser(tokens(text)).query()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    def query(self) -> Query:
        if not self._skip("SELECT"):
            raise query_error("EXPECTED_SELECT", "Error in query: expected SELECT clause.")
        fields = self._names()
        if not self._skip("FROM"):
            raise query_error("EXPECTED_FROM", "Error in query: expected FROM clause.")
        resource = self._next("word")
        conditions = self._conditions() if self._skip("WHERE") else ()
        orders = self._orders() if self._skip("ORDER") else ()
        limit = self._limit() if self._skip("LIMIT") else None
        parameters = self._parameters() if self._skip("PARAMETERS") else ()
        if self.place < len(self.tokens):
            raise unexpected(self.tokens[self.place].value)
        return Query(fields, resource, conditions, orders, limit, parameters)

    def _names(self) -> tuple[str, ...]:
        found = [self._next("word")]
        while self._skip(","):
            found.append(self._next("word"))
        return tuple(found)

    def _conditions(self) -> tuple[Condition, ...]:
        found = [self._condition()]
        while self._skip("AND"):
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        field, operator = self._next("word"), self._operator()
        if operator in ("IS NULL", "IS NOT NULL"):
            return Condition(field, operator, ())
        if operator == "BETWEEN":
            low = self._value()
            if not self._skip("AND"):
                raise query_error("EXPECTED_VALUE_WITH_BETWEEN_OPERATOR", "Error in query: expected AND.")
            return Condition(field, operator, (low, self._value()))
        if operator in LISTS:
            return Condition(field, operator, self._list())
        return Condition(field, operator, (self._value(),))

    def _operator(self) -> str:
        for words in (*WORDS, *(one for one in (*SINGLE, *LISTS, "BETWEEN") if one not in WORDS)):
            parts = words.split()
            ahead = [token.value.upper() for token in self.tokens[self.place : self.place + len(parts)]]
            if ahead == parts:
                self.place += len(parts)
                return words
        self._need()
        raise query_error("BAD_OPERATOR", f"Error in query: unexpected operator {self._peek()}.")

    def _list(self) -> tuple[str, ...]:
        if not self._skip("("):
            raise query_error("EXPECTED_LIST", "Error in query: expected a list.")
        if self._skip(")"):
            raise query_error("PROHIBITED_EMPTY_LIST_IN_CONDITION", "Error in query: a list cannot be empty.")
        found = [self._value()]
        while self._skip(","):
            found.append(self._value())
        if not self._skip(")"):
            self._need()
            raise unexpected(self._peek())
        return tuple(found)

    def _value(self) -> str:
        self._need()
        token = self.tokens[self.place]
        if token.kind == "sign":
            if token.value == "(":
                raise query_error("EXPECTED_SINGLE_VALUE", "Error in query: expected a single value.")
            raise unexpected(token.value)
        self.place += 1
        return token.value

    def _orders(self) -> tuple[tuple[str, bool], ...]:
        if not self._skip("BY"):
            raise query_error("EXPECTED_BY", "Error in query: expected BY after ORDER.")
        found = [self._order()]
        while self._skip(","):
            found.append(self._order())
        return tuple(found)

    def _order(self) -> tuple[str, bool]:
        field = self._next("word")
        if self._skip("DESC"):
            return field, True
        self._skip("ASC")
        return field, False

    def _limit(self) -> int:
        number = self._next("number")
        if not number.isdigit():
            raise query_error("BAD_LIMIT_VALUE", f"Error in query: invalid limit {number}.")
        if int(number) < 1:
            raise query_error("LIMIT_VALUE_TOO_LOW", "Error in query: LIMIT must be at least 1.")
        return int(number)

    def _parameters(self) -> tuple[tuple[str, str], ...]:
        found = [self._parameter()]
        while self._skip(","):
            found.append(self._parameter())
        return tuple(found)

    def _parameter(self) -> tuple[str, str]:
        name = self._next("word")
        if name not in PARAMETERS:
            raise query_error("BAD_PARAMETER_NAME", f"Error in query: unknown parameter {name}.")
        if not self._skip("="):
            self._need()
            raise unexpected(self._peek())
        value = self._next("word")
        if value not in ("true", "false"):
            raise query_error("BAD_PARAMETER_VALUE", f"Error in query: {name} is true or false, not {value}.")
        return name, value

    def _skip(self, what: str) -> bool:
        """Go past a keyword or a sign, if it stands here."""
        here = self.tokens[self.place] if self.place < len(self.tokens) else None
        if here is None or here.kind not in ("word", "sign") or here.value.upper() != what:
            return False
        self.place += 1
        return True

    def _next(self, kind: str) -> str:
        self._need()
        token = self.tokens[self.place]
        if token.kind != kind:
            raise unexpected(token.value)
        self.place += 1
        return token.value

    def _need(self) -> None:
        if self.place >= len(self.tokens):
            raise query_error("UNEXPECTED_END_OF_QUERY", "Error in query: unexpected end of query.")

    def _peek(self) -> str:
        return self.tokens[self.place].value
