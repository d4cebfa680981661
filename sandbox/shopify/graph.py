"""One GraphQL request from its body to its answer: refused, throttled, or executed and paid."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import OperationDefinitionNode, OperationType, VariableNode, Visitor, print_ast, visit
from graphql.execution.values import get_variable_values

from sandbox.shopify import cost
from sandbox.shopify.bulk.alter import alteration
from sandbox.shopify.engine.careful import Careful
from sandbox.shopify.engine.compile import Compiler, Function
from sandbox.shopify.engine.document import Document, read
from sandbox.shopify.engine.errors import (
    ErrorBody,
    FieldError,
    RequestError,
    internal_error,
    invalid_variable,
    max_cost_exceeded,
    throttled,
)
from sandbox.shopify.engine.reporting import GID
from sandbox.shopify.engine.selection import Pick, Selection, Selector
from sandbox.shopify.resolvers import RESOLVERS, page
from sandbox.shopify.schema import schema
from sandbox.shopify.scopes import scopes_of
from sandbox.shopify.shop import Runtime, Shop
from sandbox.shopify.versions import fields_of_later_versions

log = logging.getLogger(__name__)
careful = Careful(RESOLVERS, page)


@dataclass(frozen=True, eq=False)
class Program:
    """A query compiled for given @include and @skip decisions."""

    selection: Selection
    run: Function
    scopes: frozenset[str]


@dataclass(frozen=True)
class Request:
    """What a client sent, and the version that answers it."""

    text: str
    variables: dict[str, Any]
    operation_name: str | None
    version: str
    base_url: str
    debug_search: bool = False


def answer(shop: Shop, request: Request) -> dict[str, Any]:
    """The body of the HTTP 200 that a GraphQL request gets."""
    if shop.fault("internal_error", text=request.text):
        return internal_error(str(uuid.uuid4()))
    try:
        document = read(request.text)
        if document.errors:
            raise RequestError(list(document.errors))
        operation = document.operation(request.operation_name)
        variables = coerced(operation, request.variables)
        program = compiled(document, operation, _decisions(operation, document, variables))
        later = fields_of_later_versions(program.selection.root, request.version)
        if later:
            raise RequestError(later)
    except RequestError as error:
        return {"errors": error.errors}
    return _Execution(shop, request, document, operation, program).answer(variables)


class _Execution:
    def __init__(
        self,
        shop: Shop,
        request: Request,
        document: Document,
        operation: OperationDefinitionNode,
        program: Program,
    ) -> None:
        self.shop = shop
        self.request = request
        self.document = document
        self.operation = operation
        self.program = program
        scopes = shop.scopes
        lost = shop.fault("missing_scope", text=request.text)
        if lost:
            scopes -= {lost["scope"]}
        self.runtime = Runtime(
            shop, scopes, request.base_url, request.text, request.version, debug_search=request.debug_search
        )

        hidden = shop.fault("protected_data", text=request.text)
        self.runtime.protected = hidden["object"] if hidden else None

    def answer(self, variables: dict[str, Any]) -> dict[str, Any]:
        runtime, root = self.runtime, self.program.selection.root
        runtime.expect(self.program.selection, variables)
        wanted = round(cost.price(root, lambda pick: cost.requested(pick, runtime.arguments)))
        if wanted > cost.CEILING:
            return max_cost_exceeded(wanted, cost.CEILING)
        if not self.shop.bucket.admits(wanted) or self.shop.fault("throttled", text=self.request.text):
            return throttled(self._cost(wanted, None))
        data, errors = self._execute(variables)
        actual = min(wanted, self._actual(root)) if data is not None else 0
        self.shop.bucket.charge(actual)
        body: dict[str, Any] = {"data": data}
        if errors:
            body["errors"] = errors
        body["extensions"] = {"cost": self._cost(wanted, actual)}
        if runtime.searches:
            body["extensions"]["search"] = runtime.searches
        return self._faulty(body)

    def _execute(self, variables: dict[str, Any]) -> tuple[Any, list[ErrorBody]]:
        runtime = self.runtime
        whole = self.program.scopes <= runtime.scopes and runtime.protected is None
        if self.operation.operation is OperationType.QUERY and whole:
            try:
                return self.program.run({}, runtime), []
            except FieldError:
                runtime.searches.clear()
        name = self.operation.name.value if self.operation.name else None
        return careful.run(self.document, runtime, operation=name, variables=self.request.variables)

    def _actual(self, root: list[Pick]) -> int:
        counts = self.runtime.counts

        def size(pick: Pick) -> float:
            calls, rows = counts[pick.site] if pick.site is not None else (0, 0)
            return rows / calls if calls else 0.0

        if not any(calls for calls, _ in counts):
            return cost.CEILING
        return round(cost.price(root, size))

    def _cost(self, wanted: int, actual: int | None) -> dict[str, Any]:
        return {
            "requestedQueryCost": wanted,
            "actualQueryCost": actual,
            "throttleStatus": self.shop.bucket.status(),
        }

    def _faulty(self, body: dict[str, Any]) -> dict[str, Any]:
        lost = self.shop.fault("field_error", text=self.request.text)
        if lost and body["data"]:
            found = _blank(body["data"], lost["field"], [])
            message = internal_error(str(uuid.uuid4()))["errors"][0]
            body.setdefault("errors", []).extend({**message, "path": path} for path in found)
        alter = alteration(self.shop, self.request.text)
        if alter:
            body["data"] = _altered(body["data"], alter)
        return body


def coerced(operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as the schema types them; a value that does not fit is a `RequestError`."""
    result = get_variable_values(schema(), operation.variable_definitions, dict(given))
    problems = []
    for definition in operation.variable_definitions:
        name, type_name = definition.variable.name.value, print_ast(definition.type)
        value = given.get(name)
        place = definition.loc.start_token if definition.loc else None
        location = {"line": place.line, "column": place.column} if place else {}
        broken = _broken_id(value) if type_name.strip("[]!") == "ID" else None
        if isinstance(result, list) and f"'${name}'" in str(result):
            broken = (
                "Expected value to not be null"
                if value is None
                else f"Could not coerce value {value!r} to {type_name}"
            )
        if broken:
            problems.append(invalid_variable(name, type_name, value, explanation=broken, location=location))
    if problems:
        raise RequestError(problems)
    if isinstance(result, list):
        raise RequestError([{"message": error.message} for error in result])
    return result


def _broken_id(value: Any) -> str | None:
    for each in value if isinstance(value, list) else [value]:
        if each is not None and not (isinstance(each, str) and GID.match(each)):
            return f"Invalid global id '{each}'"
    return None


@lru_cache(maxsize=512)
def compiled(
    document: Document, operation: OperationDefinitionNode, decisions: tuple[tuple[str, Any], ...]
) -> Program:
    """The program of an operation, generated once."""
    selection = Selector(document, dict(decisions)).select(operation)
    run = Compiler(RESOLVERS, page).compile(selection)
    return Program(selection, run, frozenset(scopes_of(selection.root)))


class _Deciders(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        self.names |= {
            each.value.name.value for each in node.arguments if isinstance(each.value, VariableNode)
        }


@lru_cache(maxsize=512)
def _decider_names(document: Document) -> frozenset[str]:
    deciders = _Deciders()
    visit(document.ast, deciders)
    return frozenset(deciders.names)


def _decisions(
    operation: OperationDefinitionNode, document: Document, variables: Mapping[str, Any]
) -> tuple[tuple[str, Any], ...]:
    names = _decider_names(document)
    return tuple(sorted((name, variables[name]) for name in names if name in variables))


def _blank(value: Any, name: str, path: list[Any]) -> list[list[Any]]:
    """Set every field called `name` to null; returns their paths."""
    if isinstance(value, list):
        return [found for place, each in enumerate(value) for found in _blank(each, name, [*path, place])]
    if not isinstance(value, dict):
        return []
    found = []
    for key in list(value):
        if key == name and value[key] is not None:
            value[key] = None
            found.append([*path, key])
        else:
            found += _blank(value[key], name, [*path, key])
    return found


def _altered(value: Any, alter: Any) -> Any:
    if isinstance(value, list):
        return [_altered(each, alter) for each in value]
    if isinstance(value, dict):
        inner = {key: _altered(each, alter) for key, each in value.items()}
        return alter(inner) if "id" in inner else inner
    return value
