"""A query text, read once: parsed, validated, its operations at hand. Clients repeat the same few texts."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    validate,
)

from sandbox.shopify.engine.errors import ErrorBody, RequestError
from sandbox.shopify.engine.rules import RULES
from sandbox.shopify.schema import schema


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed query with its validation errors in the vendor's words (empty: it may run)."""

    text: str
    ast: DocumentNode
    errors: tuple[ErrorBody, ...] = ()
    operations: dict[str | None, OperationDefinitionNode] = field(default_factory=dict)
    fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run, or the vendor's refusal."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        chosen = self.operations.get(name)
        if chosen is None or name is None:
            message = f'No operation named "{name}"' if name else "An operation name is required"
            raise RequestError([{"message": message}])
        return chosen


@lru_cache(maxsize=512)
def read(text: str) -> Document:
    """Parse and validate `text`; a syntax error is a `RequestError`."""
    try:
        ast = parse(text)
    except GraphQLSyntaxError as error:
        raise RequestError([_syntax_error(error)]) from None
    document = Document(
        text, ast, tuple(_body(error) for error in validate(schema(), ast, RULES, max_errors=50))
    )
    for definition in ast.definitions:
        if isinstance(definition, OperationDefinitionNode):
            name = definition.name.value if definition.name else None
            document.operations[name] = definition
        elif isinstance(definition, FragmentDefinitionNode):
            document.fragments[definition.name.value] = definition
    return document


def syntax_message(error: GraphQLSyntaxError) -> str:
    """`unexpected end of file` and the like, without a position."""
    found = re.search(r"(?:found|Unexpected) (.+?)\.?$", error.message)
    what = found[1] if found else error.message
    return "syntax error, unexpected " + ("end of file" if "<EOF>" in what else what)


def _syntax_error(error: GraphQLSyntaxError) -> ErrorBody:
    place = error.locations[0] if error.locations else None
    where = f" at [{place.line}, {place.column}]" if place else ""
    locations = [{"line": place.line, "column": place.column}] if place else []
    return {"message": syntax_message(error) + where, "locations": locations}


def _body(error: GraphQLError) -> ErrorBody:
    extensions: dict[str, Any] = dict(error.extensions or {})
    path = extensions.pop("_path", None)
    locations = [{"line": each.line, "column": each.column} for each in error.locations or ()]
    body: ErrorBody = {"message": error.message, "locations": locations}
    if path:
        body["path"] = path
    if extensions:
        body["extensions"] = extensions
    return body
